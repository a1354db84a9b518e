package io.github.falcogateway.sink.prometheus;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Sink;
import io.github.falcogateway.telemetry.Telemetry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Counts events under the names that dashboards know: falco-exporter's {@code falco_events} and Falcosidekick's. The
 * counts are kept with the sink's place and go on after a restart. Confined to one event loop.
 */
public final class PrometheusSink implements Sink {

    private static final long TICK_MS = 1000;

    private final Vertx vertx;
    private final Clock clock;
    private final Supplier<List<KnownRule>> rules;
    private final PrometheusRegistry registry;
    private final SeriesTable table;
    private final Scrapers scrapers = new Scrapers();
    private final EventFamilies families;
    private final long timer;

    /**
     * A sink whose series are in the scrape from now on.
     *
     * @param rules the rules that may fire, as of now
     * @param caughtUp whether all is counted that was journaled before the start
     */
    public PrometheusSink(
            Vertx vertx,
            PrometheusOptions options,
            Telemetry telemetry,
            Supplier<List<KnownRule>> rules,
            BooleanSupplier caughtUp) {
        this.vertx = vertx;
        this.clock = Clock.systemUTC();
        this.rules = rules;
        this.registry = telemetry.registry().getPrometheusRegistry();
        table = new SeriesTable(options);
        families = new EventFamilies(table, scrapers, options.falcosidekick(), caughtUp, clock);
        registry.register(families);
        telemetry.falcosidekick(options.falcosidekick());
        timer = vertx.setPeriodic(TICK_MS, tick -> tick());
    }

    @Override
    public void restore(Map<String, Buffer> notes) {
        SeriesNotes.Kept kept = SeriesNotes.read(notes);
        scrapers.restore(kept.scrapers());
        table.restore(kept, clock.millis());
        table.expect(rules.get(), clock.millis());
    }

    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Outcome> deliver(List<Delivery> batch) {
        long now = clock.millis();
        batch.forEach(delivery -> table.count(delivery.event(), now));
        return Future.succeededFuture(Outcome.delivered(batch));
    }

    @Override
    public boolean isChanged() {
        return table.isChanged() || scrapers.isChanged();
    }

    @Override
    public Map<String, Buffer> changes() {
        return SeriesNotes.write(table.changes(), scrapers.changes());
    }

    @Override
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        registry.unregister(families);
        return Future.succeededFuture();
    }

    private void tick() {
        table.expect(rules.get(), clock.millis());
        table.expire(clock.millis());
    }
}
