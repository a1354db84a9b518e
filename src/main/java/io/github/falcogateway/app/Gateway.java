package io.github.falcogateway.app;

import io.github.falcogateway.admin.AdminApi;
import io.github.falcogateway.auth.Attempts;
import io.github.falcogateway.auth.Viewers;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.config.Loaded;
import io.github.falcogateway.dispatch.DispatchVerticle;
import io.github.falcogateway.falcorules.FalcoRule;
import io.github.falcogateway.falcorules.FalcoRules;
import io.github.falcogateway.host.HostResolver;
import io.github.falcogateway.ingest.http.Access;
import io.github.falcogateway.ingest.http.HttpIngest;
import io.github.falcogateway.ingest.http.IngestOptions;
import io.github.falcogateway.ingest.http.Origins;
import io.github.falcogateway.intake.Intake;
import io.github.falcogateway.journal.DataFolder;
import io.github.falcogateway.journal.EmbeddedJournal;
import io.github.falcogateway.journal.EmbeddedStore;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.JournalState;
import io.github.falcogateway.journal.Store;
import io.github.falcogateway.live.Broadcast;
import io.github.falcogateway.live.LiveApi;
import io.github.falcogateway.login.LoginPage;
import io.github.falcogateway.login.Sessions;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.rule.TableHistory;
import io.github.falcogateway.rule.Tables;
import io.github.falcogateway.sink.prometheus.KnownRule;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway that runs: its graph built in one straight constructor, its start, reload and stop. Thread-safe. */
public final class Gateway {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Vertx vertx;
    private final GatewayConfig config;
    private final Reloads reloads;
    private final TableHistory tables;
    private final DispatchVerticle dispatch;
    private final Telemetry telemetry;
    private final Store store;
    private final Journal journal;
    private final Sinks sinks;
    private final Attempts attempts = new Attempts();
    private final Silences silences;
    private final HttpIngest ingest;
    private final Grpc grpc;
    private final Broadcast broadcast = new Broadcast();
    private final Listeners listeners;
    private final Sessions sessions;
    private final LoginPage login;
    private volatile Access access;
    private volatile Viewers viewers;
    private volatile HostResolver hosts;
    private volatile FalcoRules falcoRules;
    private volatile Duration longestSilence;
    private volatile @Nullable ReverseDns dns;
    private volatile List<KnownRule> knownRules;
    private volatile boolean stopping;

    /**
     * Builds the graph; blocking, since it opens the journal.
     *
     * @param loader reads the configuration anew for a reload
     * @throws IOException where the journal's folder cannot be used
     */
    public Gateway(Vertx vertx, GatewayConfig config, Supplier<Loaded> loader, Telemetry telemetry) throws IOException {
        this.vertx = vertx;
        this.config = config;
        this.telemetry = telemetry;
        Channel.prepare(vertx);
        KeptReader events = new KeptReader();
        tables = new TableHistory(config.routes());
        access = config.access();
        viewers = config.viewers();
        hosts = resolver(config);
        falcoRules = config.falcoRules();
        longestSilence = config.longestSilence();
        knownRules = known(falcoRules);
        expect(telemetry, config.routes());
        DataFolder folder = DataFolder.at(config.journal().path());
        folder.open();
        store = EmbeddedStore.open(vertx, folder, events);
        journal = EmbeddedJournal.open(vertx, config.journal(), folder, events, store, telemetry.journal());
        telemetry.journal().limit(config.journal().keepBytes());
        silences = new Silences(store, telemetry.routes());
        sinks = new Sinks(vertx, telemetry, journal, store, tables, silences, () -> knownRules);
        dispatch = new DispatchVerticle(
                tables, sinks::names, telemetry.routes(), journal.state().lastId());
        reloads = new Reloads(vertx, config, loader, this::take, telemetry.reloads());
        EventDecoder decoder = new EventDecoder(config.limits().eventsPerRequest());
        Intake intake = new Intake(vertx, decoder, () -> hosts, journal, store, telemetry.ingest(), config.intake());
        IngestOptions bounds = new IngestOptions(config.limits().body());
        ingest = new HttpIngest(vertx, intake, bounds, origins(config.listen().http()), () -> access);
        grpc = new Grpc(vertx, telemetry, intake, journal, config.listen().grpc());
        listeners = new Listeners(vertx, config.listen());
        sessions = new Sessions(vertx);
        login = new LoginPage(vertx, () -> viewers, attempts, request -> access.origin(request));
    }

    /** Starts it; done with the port once it takes events. */
    public Future<Integer> start() {
        if (access.isOpen() && !config.listen().http().isLoopback()) {
            LOG.warn("anybody who reaches the port may send events: auth.ingest names who may");
        }
        sinks.linkTo(listeners.viewUrl());
        var unused = FormerSinks.forget(store, journal, config.sinks().keySet(), Instant.now());
        new SinkWatch(sinks, config.naming().node()).start(vertx);
        return silences.load()
                .compose(done -> sinks.apply(config.sinks()))
                .onSuccess(done -> store.settle())
                .compose(done -> vertx.deployVerticle(dispatch))
                .compose(done -> vertx.deployVerticle(broadcast))
                .compose(done -> listeners.start(this::server))
                .onSuccess(done -> sinks.linkTo(listeners.viewUrl()))
                .compose(done -> grpc.start(config.sources()))
                .onSuccess(done -> ListeningSockets.open(vertx))
                .onSuccess(done -> reloads.watch())
                .map(done -> listeners.port(true));
    }

    /** Stops taking, delivers what can be delivered within the grace, syncs. */
    public Future<Void> stop() {
        stopping = true;
        return Future.join(listeners.stop(), grpc.stopTaking())
                .compose(done -> sinks.stop(config.shutdownGrace()))
                .eventually(grpc::stopServing)
                .eventually(journal::close)
                .eventually(store::close)
                .mapEmpty();
    }

    /** Takes the routes, hosts and sinks of the configuration as it is now; all of it, or with a problem nothing. */
    public Future<List<String>> reload() {
        return reloads.now();
    }

    /** Sinks begin before the routes name them and end after, so that each event finds the sinks of its table. */
    private Future<Void> take(GatewayConfig wanted) {
        return listeners
                .renew(wanted.listen().tls())
                .compose(done -> sinks.apply(wanted.sinks()))
                .compose(done -> dispatch.take(wanted.routes()))
                .compose(done -> {
                    access = wanted.access();
                    viewers = wanted.viewers();
                    hosts = resolver(wanted);
                    falcoRules = wanted.falcoRules();
                    longestSilence = wanted.longestSilence();
                    knownRules = known(falcoRules);
                    expect(telemetry, wanted.routes());
                    return sinks.retire(wanted.sinks().keySet(), config.shutdownGrace());
                })
                .compose(done -> grpc.take(wanted.sources()));
    }

    /** Whether everything an event passes on its way to its answer has moved within this time. */
    public boolean isAlive(Duration within) {
        return journal.isTurning(within) && listeners.isTurning(within);
    }

    Sinks sinks() {
        return sinks;
    }

    Journal journal() {
        return journal;
    }

    Store store() {
        return store;
    }

    Tables tables() {
        return tables;
    }

    RuleTable table() {
        return tables.now();
    }

    Reloads reloads() {
        return reloads;
    }

    HostResolver hosts() {
        return hosts;
    }

    /** The port of everything but events. */
    public int adminPort() {
        return listeners.port(false);
    }

    private HttpVerticle server(Listener listener) {
        LiveApi live = new LiveApi(vertx, journal, broadcast, telemetry.feeds());
        return new HttpVerticle(listener, config.limits(), ingest, router -> routes(router, listener), live);
    }

    private Origins origins(GatewayConfig.Address address) {
        return new Origins(address.isLoopback(), config.listen().names());
    }

    private void routes(Router router, Listener listener) {
        sessions.mount(router);
        Origins ours = origins(listener.address());
        ViewGuard guard = new ViewGuard(vertx, () -> viewers, attempts, request -> access.origin(request), ours);
        router.route().handler(guard::handle);
        login.mount(router);
        new AdminApi(telemetry, this::notReady, this::reload, reloads::waiting).mount(router);
        new SinksApi(this).mount(router);
        grpc.mount(router);
        new SilencesApi(silences, () -> longestSilence).mount(router);
        new RoutesApi(this, telemetry).mount(router);
        new FalcoRulesApi(() -> falcoRules).mount(router);
        new TrailApi(this).mount(router);
        router.post("/test").handler(ctx -> ingest.test(ctx.request()));
    }

    private List<String> notReady() {
        List<String> reasons = new ArrayList<>();
        if (stopping) {
            reasons.add("stopping");
        }
        JournalState state = journal.state();
        if (!state.durable()) {
            reasons.add("journal: " + state.fault());
        }
        return reasons;
    }

    /** The rules whose events may come: those that are not switched off. */
    private static List<KnownRule> known(FalcoRules rules) {
        return rules.all().stream()
                .filter(FalcoRule::enabled)
                .map(rule -> new KnownRule(rule.name(), rule.severity(), rule.source(), rule.tags()))
                .toList();
    }

    private static void expect(Telemetry telemetry, RuleTable table) {
        table.routes().forEach(route -> telemetry.routes().expect(route.name()));
    }

    private HostResolver resolver(GatewayConfig config) {
        GatewayConfig.HostNaming naming = config.naming();
        GatewayConfig.Dns wanted = naming.dns();
        ReverseDns before = dns;
        // What it has found out stays through a reload that is about something else.
        ReverseDns now = wanted == null
                ? null
                : before != null && before.options().equals(wanted) ? before : new ReverseDns(vertx, wanted);
        dns = now;
        return new HostResolver(
                naming.order(), naming.fields(), config.hosts(), naming.node(), now == null ? address -> null : now);
    }
}
