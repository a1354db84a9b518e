package io.github.falcogateway.live;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Priority;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The counts of one value. Confined to one caller. */
final class Group {

    private static final int HOSTS = 100;

    private final @Nullable TimeSpan span;
    private final long[] trend;
    private final Set<String> hosts = new TreeSet<>();
    private Priority worst = Priority.DEBUG;
    private @Nullable FalcoEvent newest;
    private long count;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long lastId;

    Group(@Nullable TimeSpan span) {
        this.span = span;
        this.trend = new long[span == null ? 0 : span.parts()];
    }

    /** Takes note of what its events have in common. */
    void meet(FalcoEvent outline) {
        worst = outline.priority().atLeast(worst) ? outline.priority() : worst;
        if (hosts.size() < HOSTS && !outline.host().isEmpty()) {
            hosts.add(outline.host());
        }
    }

    void count(long id, long nanos, FalcoEvent event) {
        count++;
        first = Math.min(first, nanos);
        if (newest == null || nanos > last || nanos == last && id > lastId) {
            last = nanos;
            lastId = id;
            newest = event;
        }
        if (span != null) {
            trend[span.part(nanos)]++;
        }
    }

    Aggregate.Row row(String key) {
        return new Aggregate.Row(
                key,
                count,
                worst,
                hosts,
                TimeSpan.time(first),
                TimeSpan.time(last),
                lastId,
                Objects.requireNonNull(newest),
                trend);
    }
}
