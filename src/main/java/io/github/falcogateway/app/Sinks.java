package io.github.falcogateway.app;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.config.SinkConfig;
import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.Store;
import io.github.falcogateway.rule.Tables;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.LiveShare;
import io.github.falcogateway.sink.Sink;
import io.github.falcogateway.sink.SinkContext;
import io.github.falcogateway.sink.SinkSpec;
import io.github.falcogateway.sink.SinkState;
import io.github.falcogateway.sink.SinkStatus;
import io.github.falcogateway.sink.SinkVerticle;
import io.github.falcogateway.sink.alertmanager.AlertmanagerOptions;
import io.github.falcogateway.sink.alertmanager.AlertmanagerSink;
import io.github.falcogateway.sink.discord.Budgets;
import io.github.falcogateway.sink.discord.DiscordOptions;
import io.github.falcogateway.sink.discord.DiscordSink;
import io.github.falcogateway.sink.file.FileOptions;
import io.github.falcogateway.sink.file.FileSink;
import io.github.falcogateway.sink.http.HttpOptions;
import io.github.falcogateway.sink.http.HttpSink;
import io.github.falcogateway.sink.kafka.KafkaOptions;
import io.github.falcogateway.sink.kafka.KafkaSink;
import io.github.falcogateway.sink.prometheus.KnownRule;
import io.github.falcogateway.sink.prometheus.PrometheusOptions;
import io.github.falcogateway.sink.prometheus.PrometheusSink;
import io.github.falcogateway.sink.stdout.StdoutOptions;
import io.github.falcogateway.sink.stdout.StdoutSink;
import io.github.falcogateway.sink.syslog.SyslogOptions;
import io.github.falcogateway.sink.syslog.SyslogSink;
import io.github.falcogateway.telemetry.SinkMeters;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sinks that run: deploys, replaces and ends them as the configuration asks. Thread-safe. */
final class Sinks {

    private record Running(SinkConfig config, SinkVerticle verticle, SinkMeters meters, String deployment) {}

    private final Vertx vertx;
    private final Telemetry telemetry;
    private final Journal journal;
    private final Store store;
    private final Tables table;
    private final Silences silences;
    private final Supplier<List<KnownRule>> knownRules;
    private final EventReader events = new KeptReader();
    private final Budgets budgets = new Budgets();
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final LiveShare room = LiveShare.of(running::size);
    private final SinkSeries series;
    private volatile String view = "";

    Sinks(
            Vertx vertx,
            Telemetry telemetry,
            Journal journal,
            Store store,
            Tables table,
            Silences silences,
            Supplier<List<KnownRule>> knownRules) {
        this.vertx = vertx;
        this.telemetry = telemetry;
        this.journal = journal;
        this.store = store;
        this.table = table;
        this.silences = silences;
        this.knownRules = knownRules;
        this.series = new SinkSeries(telemetry, this::status, journal::lastId);
    }

    /** Messages link to the live view there from now on, where the configuration does not say otherwise. */
    void linkTo(String address) {
        view = address;
    }

    /** The names of the sinks that run. */
    Set<String> names() {
        return running.keySet();
    }

    List<SinkStatus> statuses() {
        return running.values().stream()
                .map(sink -> sink.verticle().status())
                .sorted(Comparator.comparing(SinkStatus::name))
                .toList();
    }

    private @Nullable SinkStatus status(String name) {
        SinkVerticle sink = find(name);
        return sink == null ? null : sink.status();
    }

    /** The sink of this name, or null. */
    @Nullable
    SinkVerticle find(String name) {
        Running sink = running.get(name);
        return sink == null ? null : sink.verticle();
    }

    /** A second sink like the one of this name, not open; null where there is none. */
    @Nullable
    Sink another(String name) {
        Running sink = running.get(name);
        if (sink == null) {
            return null;
        }
        // Its series belong to the one that runs.
        return sink.config().own() instanceof PrometheusOptions prometheus
                ? new PrometheusSink(vertx, prometheus, new Telemetry("trial"), List::of, () -> true)
                : make(sink.config());
    }

    /** Whether people read what the sink of this name is told. */
    boolean isForPeople(String name) {
        Running sink = running.get(name);
        return sink != null && sink.config().flood() != null;
    }

    /** Says a word of the gateway's own through every other sink that people read. */
    void sayExcept(String name, Delivery word) {
        running.forEach((other, sink) -> {
            if (!other.equals(name)) {
                sink.verticle().say(word);
            }
        });
    }

    /** Ends the sinks that are configured no more, each once it has delivered what is routed to it, or the time is over. */
    Future<Void> retire(Set<String> wanted, Duration grace) {
        List<Future<?>> ended = new ArrayList<>();
        for (Map.Entry<String, Running> sink : Map.copyOf(running).entrySet()) {
            if (!wanted.contains(sink.getKey())) {
                running.remove(sink.getKey());
                SinkVerticle verticle = sink.getValue().verticle();
                // Not sooner: a sink that ends keeps its place once more.
                ended.add(drained(verticle, grace)
                        .compose(done -> vertx.undeploy(sink.getValue().deployment()))
                        .eventually(() -> {
                            series.end(sink.getKey(), sink.getValue().meters());
                            return verticle.forget();
                        }));
            }
        }
        return Future.join(ended).mapEmpty();
    }

    /**
     * Runs the sinks that are configured; one that did not change runs on, and so does one that is not among them; one
     * that is held tries again.
     */
    Future<Void> apply(Map<String, SinkConfig> wanted) {
        List<Future<?>> ended = new ArrayList<>();
        for (Map.Entry<String, Running> sink : Map.copyOf(running).entrySet()) {
            SinkConfig other = wanted.get(sink.getKey());
            if (other != null && !sink.getValue().config().equals(other)) {
                running.remove(sink.getKey());
                ended.add(vertx.undeploy(sink.getValue().deployment()));
            }
        }
        // Whoever reloads has seen to what held it.
        running.values().stream()
                .map(Running::verticle)
                .filter(sink -> sink.status().state() == SinkState.HELD)
                .forEach(SinkVerticle::resume);
        return Future.join(ended).compose(done -> {
            List<Future<?>> started = new ArrayList<>();
            for (SinkConfig config : wanted.values()) {
                if (!running.containsKey(config.name())) {
                    started.add(start(config));
                }
            }
            return Future.all(started).mapEmpty();
        });
    }

    /** Waits until every sink has delivered what is journaled, or the time is over; then ends them. */
    Future<Void> stop(Duration grace) {
        return Future.join(running.values().stream()
                        .<Future<?>>map(sink -> drained(sink.verticle(), grace))
                        .toList())
                .compose(done -> Future.join(running.values().stream()
                        .<Future<?>>map(sink -> vertx.undeploy(sink.deployment()))
                        .toList()))
                .otherwiseEmpty()
                .mapEmpty();
    }

    private static Future<Void> drained(SinkVerticle sink, Duration grace) {
        return sink.drain()
                .timeout(Math.max(1, grace.toMillis()), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    private Future<Void> start(SinkConfig config) {
        SinkMeters meters = series.begin(config.name(), config.flood() != null);
        SinkContext on = new SinkContext(
                journal, store, table, silences::all, events, meters, telemetry.routes(), room, Clock.systemUTC());
        SinkSpec spec = new SinkSpec(config.name(), config.type(), config.common(), config.flood(), () -> make(config));
        SinkVerticle verticle = new SinkVerticle(spec, on);
        return vertx.deployVerticle(verticle)
                .onSuccess(id -> {
                    running.put(config.name(), new Running(config, verticle, meters, id));
                    // What came while it began was told to the others alone.
                    verticle.catchUp();
                })
                .mapEmpty();
    }

    private long cursor(String name) {
        SinkStatus status = status(name);
        return status == null ? -1 : status.cursor();
    }

    /** One line for each type of sink. */
    private Sink make(SinkConfig config) {
        Record options = config.own();
        if (options instanceof FileOptions file) {
            return new FileSink(vertx, file);
        }
        if (options instanceof PrometheusOptions prometheus) {
            long end = journal.lastId();
            return new PrometheusSink(vertx, prometheus, telemetry, knownRules, () -> cursor(config.name()) >= end);
        }
        if (options instanceof DiscordOptions discord) {
            return new DiscordSink(vertx, discord, budgets, () -> view);
        }
        if (options instanceof HttpOptions http) {
            return new HttpSink(vertx, http);
        }
        if (options instanceof AlertmanagerOptions alertmanager) {
            return new AlertmanagerSink(vertx, alertmanager);
        }
        if (options instanceof KafkaOptions kafka) {
            return new KafkaSink(vertx, kafka);
        }
        if (options instanceof SyslogOptions syslog) {
            return new SyslogSink(vertx, syslog);
        }
        if (options instanceof StdoutOptions) {
            return new StdoutSink(vertx, System.out);
        }
        throw new IllegalArgumentException("no sink for " + options.getClass().getSimpleName());
    }
}
