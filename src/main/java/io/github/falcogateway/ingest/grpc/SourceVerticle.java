package io.github.falcogateway.ingest.grpc;

import io.github.falcogateway.intake.Intake;
import io.github.falcogateway.retry.Backoff;
import io.github.falcogateway.telemetry.SourceMeters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Falco that events are taken from, for as long as it is configured. Confined to its event loop, but for its status. */
public final class SourceVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(SourceVerticle.class);

    private static final long LOOK_MS = 50;
    /** A stop looks so often for what was asked for, and no more once so many looks in a row have seen nothing. */
    private static final int LAST_LOOKS = 60;

    private static final int QUIET_LOOKS = 5;
    /**
     * Then so many more, each an echo of Falco's: on a machine that has no processor for us, quiet is what was sent and not
     * yet read. The first lets go what waited for room in a window, the second comes behind that. The library that Falco is
     * built with ends a connection at the fourth in a row.
     *
     * @see <a href="https://github.com/grpc/grpc/blob/master/doc/keepalive.md">gRPC: GRPC_ARG_HTTP2_MAX_PING_STRIKES</a>
     */
    private static final int ECHOES = 2;

    private final SourceOptions options;
    private final Intake intake;
    private final SourceMeters meters;
    private final Backoff backoff;
    private volatile @Nullable Inflow inflow;
    private @Nullable Link link;
    private boolean everUp;
    private boolean told;
    private long upSince;
    private volatile SourceState state = SourceState.CONNECTING;
    private volatile String version = "";
    private volatile String lastError = "";
    private volatile @Nullable Instant lastErrorAt;

    /** A source that hands its events to an intake. */
    public SourceVerticle(SourceOptions options, Intake intake, SourceMeters meters) {
        this.options = options;
        this.intake = intake;
        this.meters = meters;
        this.backoff = new Backoff(options.pace().retryMin(), options.pace().retryMax());
    }

    @Override
    public Future<?> start() {
        inflow = new Inflow(vertx, intake, meters, options.host());
        Map<String, Supplier<Number>> states = new TreeMap<>();
        for (SourceState each : SourceState.values()) {
            states.put(each.label(), () -> status().state() == each ? 1 : 0);
        }
        meters.watch(states, this::lastEventSeconds);
        dial();
        return Future.succeededFuture();
    }

    /** Asks for nothing more, journals what was asked for, and ends the connection. */
    @Override
    public Future<?> stop() {
        boolean connected = state == SourceState.CONNECTED;
        state = SourceState.STOPPED;
        Link open = link;
        Inflow in = inflow;
        if (open == null || in == null) {
            return Future.succeededFuture();
        }
        open.finish();
        return settled(open, in, new Looks(connected ? LAST_LOOKS : 0, 0, open.lastMessage()))
                .otherwiseEmpty()
                .onSuccess(done -> {
                    in.close();
                    open.close();
                    meters.close();
                });
    }

    /** What the looks of a stop have seen so far. */
    private record Looks(int left, int quiet, long lastMessage) {}

    /**
     * Looks, and lets the event loop read between two looks: by the clock a machine that stood still would be quiet. Fails
     * where Falco has gone, or echoes nothing in time.
     */
    private Future<Void> settled(Link open, Inflow in, Looks before) {
        boolean nothing = in.isEmpty() && open.lastMessage() == before.lastMessage();
        int quiet = nothing ? before.quiet() + 1 : 0;
        if (before.left() == 0 || quiet > QUIET_LOOKS + ECHOES) {
            return Future.succeededFuture();
        }
        Looks now = new Looks(before.left() - 1, quiet, open.lastMessage());
        Future<?> passed = quiet > QUIET_LOOKS ? open.echo() : vertx.timer(LOOK_MS, TimeUnit.MILLISECONDS);
        return passed.compose(looked -> settled(open, in, now));
    }

    /** As it is now. From any thread. */
    public SourceStatus status() {
        Inflow in = inflow;
        String fault = in == null ? "" : in.fault();
        boolean paused = state == SourceState.CONNECTED && !fault.isEmpty();
        return new SourceStatus(
                options,
                paused ? SourceState.PAUSED : state,
                version,
                meters.events(),
                meters.rejected(),
                meters.reconnects(),
                in == null ? null : in.last(),
                paused ? fault : lastError,
                paused ? Instant.now() : lastErrorAt);
    }

    private void dial() {
        Inflow in = inflow;
        if (in == null || state == SourceState.STOPPED) {
            return;
        }
        state = SourceState.CONNECTING;
        try {
            Link dialed = new Link(vertx, options, in, new Link.Owner() {
                @Override
                public void up(String falco) {
                    connected(falco);
                }

                @Override
                public void down(String reason) {
                    disconnected(reason);
                }
            });
            link = dialed;
            dialed.open();
        } catch (RuntimeException unusable) {
            // Such as a certificate that is being replaced just now.
            link = null;
            disconnected(Transport.text(unusable));
        }
    }

    private void connected(String falco) {
        if (state == SourceState.STOPPED) {
            return;
        }
        if (everUp) {
            meters.reconnected();
        }
        everUp = true;
        told = false;
        upSince = System.nanoTime();
        state = SourceState.CONNECTED;
        if (!falco.equals(version) || falco.isEmpty()) {
            version = falco;
            meters.version(falco);
        }
        LOG.info("source {}: connected, Falco {}", options.name(), falco.isEmpty() ? "tells no version" : falco);
    }

    private void disconnected(String reason) {
        boolean worked = upSince != 0
                && link != null
                && (link.brought()
                        || System.nanoTime() - upSince
                                > options.pace().timeout().toNanos());
        upSince = 0;
        if (worked) {
            backoff.reset();
        }
        lastError = reason;
        lastErrorAt = Instant.now();
        if (state == SourceState.STOPPED) {
            return;
        }
        state = SourceState.WAITING;
        if (!told) {
            told = true;
            LOG.warn("source {}: {}; it is tried again until it works", options.name(), reason);
        }
        vertx.setTimer(backoff.next(), timer -> dial());
    }

    private long lastEventSeconds() {
        Inflow in = inflow;
        Instant last = in == null ? null : in.last();
        return last == null ? 0 : last.getEpochSecond();
    }
}
