package io.github.falcogateway.sink;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sink as its operator sees it. Immutable.
 *
 * @param name its name in the configuration
 * @param type its type, such as {@code discord}
 * @param cursor the place in the journal up to which it is done
 * @param pending how many routed events wait in memory
 * @param oldestPending when the oldest of them arrived
 * @param lastSuccess when it last delivered
 * @param lastFault what last went wrong, {@code reason: detail}; empty when nothing did
 * @param lastFaultAt when that was
 * @param retries how many faults came in a row
 * @param notices what became of its events, for a sink that people read; null for others
 */
public record SinkStatus(
        String name,
        String type,
        SinkState state,
        long cursor,
        int pending,
        @Nullable Instant oldestPending,
        @Nullable Instant lastSuccess,
        String lastFault,
        @Nullable Instant lastFaultAt,
        int retries,
        @Nullable NoticeCounts notices) {}
