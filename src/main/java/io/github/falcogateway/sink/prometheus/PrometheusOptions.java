package io.github.falcogateway.sink.prometheus;

import java.time.Duration;

/**
 * What a Prometheus sink is told. Immutable.
 *
 * @param maxSeries how many label sets are told apart; the rest is one series
 * @param tags whether the events' tags are a label
 * @param falcosidekick whether Falcosidekick's metrics are there too
 * @param idle how long a pod's series stays after its last event, a host's for {@link #HOST_FACTOR} times that; zero for ever
 */
public record PrometheusOptions(int maxSeries, boolean tags, boolean falcosidekick, Duration idle) {

    /** Pods come and go, hosts stay. */
    static final int HOST_FACTOR = 30;

    /** 10,000 label sets, tags, Falcosidekick's metrics, a day. */
    public static PrometheusOptions defaults() {
        return new PrometheusOptions(10_000, true, true, Duration.ofHours(24));
    }
}
