package io.github.falcogateway.filter;

import io.github.falcogateway.event.FieldValue;
import org.jspecify.annotations.Nullable;

/** One side of a check, ready to be read. Immutable. */
@FunctionalInterface
interface Reader {

    /** The value; null where the event has none. */
    @Nullable
    FieldValue read(Subject subject);
}
