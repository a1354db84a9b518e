package io.github.falcogateway.sink;

import java.util.List;

/** The options of a sink that connects to somebody else. */
public interface Remote {

    /** Where it connects to; never with a credential. */
    List<Endpoint> endpoints();
}
