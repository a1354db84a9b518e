package io.github.falcogateway.sink.prometheus;

/**
 * What a Prometheus sink is told. Immutable.
 *
 * @param maxSeries how many label sets are told apart; the rest is one series
 * @param tags whether the events' tags are a label
 * @param falcosidekick whether Falcosidekick's metrics are there too
 */
public record PrometheusOptions(int maxSeries, boolean tags, boolean falcosidekick) {

    /** 10,000 label sets, tags, Falcosidekick's metrics. */
    public static PrometheusOptions defaults() {
        return new PrometheusOptions(10_000, true, true);
    }
}
