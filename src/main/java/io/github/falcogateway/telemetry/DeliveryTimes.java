package io.github.falcogateway.telemetry;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * From an event's arrival until its sink has it, by sink, each bucket with an event as its exemplar: Micrometer's
 * exemplars are spans alone. Thread-safe.
 */
final class DeliveryTimes implements Collector {

    private static final MetricMetadata METADATA = new MetricMetadata(
            "falco_gateway_event_delivery_seconds", "From an event's arrival until its sink has it.");
    private static final double[] BOUNDS = {0.005, 0.025, 0.1, 0.5, 1, 5, 30, 300, Double.POSITIVE_INFINITY};
    private static final long KEEP_MS = 1000;

    private final Map<String, Times> times = new ConcurrentHashMap<>();

    /** The times of one sink. Thread-safe. */
    static final class Times {

        private final Labels labels;
        private final LongAdder[] counts = new LongAdder[BOUNDS.length];
        private final LongAdder nanos = new LongAdder();
        private final AtomicReferenceArray<Exemplar> exemplars = new AtomicReferenceArray<>(BOUNDS.length);
        private final long created = System.currentTimeMillis();

        Times(String sink) {
            labels = Labels.of("sink", sink);
            for (int i = 0; i < counts.length; i++) {
                counts[i] = new LongAdder();
            }
        }

        /** At this moment, in milliseconds, the sink had so many events that had come so many nanoseconds before. */
        void record(long took, int events, long event, long now) {
            double seconds = took / 1e9;
            int bucket = 0;
            while (seconds > BOUNDS[bucket]) {
                bucket++;
            }
            counts[bucket].add(events);
            nanos.add(took * events);
            Exemplar before = exemplars.get(bucket);
            // An exemplar costs more than the count, and one a second is more than anybody looks at.
            if (before == null || now - before.getTimestampMillis() >= KEEP_MS) {
                exemplars.set(bucket, new Exemplar(seconds, Labels.of("event_id", Long.toString(event)), now));
            }
        }

        private HistogramDataPointSnapshot snapshot() {
            ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
            List<Exemplar> shown = new ArrayList<>();
            for (int i = 0; i < BOUNDS.length; i++) {
                buckets.bucket(BOUNDS[i], counts[i].sum());
                shown.add(exemplars.get(i));
            }
            shown.removeIf(Objects::isNull);
            return new HistogramDataPointSnapshot(
                    buckets.build(), nanos.sum() / 1e9, labels, Exemplars.of(shown), created);
        }
    }

    Times of(String sink) {
        return times.computeIfAbsent(sink, Times::new);
    }

    void forget(String sink) {
        times.remove(sink);
    }

    @Override
    public String getPrometheusName() {
        return METADATA.getPrometheusName();
    }

    @Override
    public MetricSnapshot collect() {
        return new HistogramSnapshot(
                METADATA, times.values().stream().map(Times::snapshot).toList());
    }
}
