package io.github.falcogateway.app;

import io.github.falcogateway.sink.NoticeCounts;
import io.github.falcogateway.sink.SinkState;
import io.github.falcogateway.sink.SinkStatus;
import io.github.falcogateway.telemetry.SinkMeters;
import io.github.falcogateway.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the metrics tell of each sink. Its series begin with it, go on where a reload changes it, and end with it.
 * Thread-safe.
 */
final class SinkSeries {

    private final Telemetry telemetry;
    private final Function<String, @Nullable SinkStatus> statuses;
    private final LongSupplier lastId;
    private final Map<String, SinkMeters> newest = new ConcurrentHashMap<>();

    /**
     * Series of the sinks of these names.
     *
     * @param statuses how the sink of a name is; null while none runs
     * @param lastId the newest event in the journal
     */
    SinkSeries(Telemetry telemetry, Function<String, @Nullable SinkStatus> statuses, LongSupplier lastId) {
        this.telemetry = telemetry;
        this.statuses = statuses;
        this.lastId = lastId;
    }

    /** A sink begins; people read some. */
    SinkMeters begin(String name, boolean forPeople) {
        // As one step: one of the same name may end just now.
        return newest.compute(name, (sink, before) -> watched(sink, forPeople));
    }

    /** The sink that these were begun for is no more; nothing happens where another one of its name has begun. */
    void end(String name, SinkMeters begun) {
        newest.computeIfPresent(name, (sink, meters) -> {
            if (meters != begun) {
                return meters;
            }
            telemetry.forget(sink);
            return null;
        });
    }

    private SinkMeters watched(String name, boolean forPeople) {
        SinkMeters meters = telemetry.sink(name);
        meters.watch(() -> up(name), () -> lagEvents(name), () -> lagSeconds(name));
        meters.watchStop(() -> stopped(name));
        if (forPeople) {
            meters.notices("routed", () -> notices(name, NoticeCounts::routed));
            meters.notices("announced", () -> notices(name, NoticeCounts::announced));
            meters.notices("grouped", () -> notices(name, NoticeCounts::grouped));
            meters.notices("silenced", () -> notices(name, NoticeCounts::silenced));
            meters.notices("dead", () -> notices(name, NoticeCounts::dead));
            meters.notices("pending", () -> notices(name, NoticeCounts::pending));
        }
        return meters;
    }

    private int up(String name) {
        SinkStatus status = statuses.apply(name);
        return status == null || status.state() == SinkState.RUNNING ? 1 : 0;
    }

    private int stopped(String name) {
        SinkStatus status = statuses.apply(name);
        return status != null && status.state() == SinkState.HELD ? 1 : 0;
    }

    private long lagEvents(String name) {
        SinkStatus status = statuses.apply(name);
        return status == null ? 0 : Math.max(0, lastId.getAsLong() - status.cursor());
    }

    private double lagSeconds(String name) {
        SinkStatus status = statuses.apply(name);
        Instant oldest = status == null ? null : status.oldestPending();
        return oldest == null ? 0 : Duration.between(oldest, Instant.now()).toMillis() / 1000.0;
    }

    private long notices(String name, ToLongFunction<NoticeCounts> part) {
        SinkStatus status = statuses.apply(name);
        NoticeCounts counts = status == null ? null : status.notices();
        return counts == null ? 0 : part.applyAsLong(counts);
    }
}
