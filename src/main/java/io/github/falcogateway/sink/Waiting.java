package io.github.falcogateway.sink;

import io.github.falcogateway.journal.Limit;
import java.time.Instant;
import java.util.List;

/** What a sink is to deliver next. Confined to one event loop. */
interface Waiting {

    boolean isEmpty();

    int size();

    /** The one that waits longest. */
    Delivery first();

    /** The next ones to deliver, which stay until {@link #done}. */
    List<Delivery> next(Limit limit);

    /** The first {@code count} of those that {@link #next} handed out last are dealt with. */
    void done(int count);

    /** Takes away what came in before the time. */
    List<Delivery> takeBefore(Instant time);
}
