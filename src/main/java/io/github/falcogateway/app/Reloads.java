package io.github.falcogateway.app;

import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.config.Inputs;
import io.github.falcogateway.config.Loaded;
import io.github.falcogateway.telemetry.ReloadMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a changed configuration: one after the other, all of it or nothing, when asked and, with {@code watch}, when its
 * files change. Thread-safe.
 */
final class Reloads {

    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);
    private static final long LOOK_MILLIS = 1000;

    /** What is in force. Immutable. */
    private record State(GatewayConfig config, int number, Inputs read, List<String> problems) {}

    private final GatewayConfig started;

    private final Vertx vertx;
    private final Supplier<Loaded> loader;
    private final Function<GatewayConfig, Future<Void>> taker;
    private final ReloadMeters meters;
    private volatile State state;
    private Future<List<String>> running = Future.succeededFuture(List.of());

    /**
     * Reloads of a gateway.
     *
     * @param first the configuration it starts with
     * @param loader reads it anew; blocking
     * @param taker puts a configuration in force
     */
    Reloads(
            Vertx vertx,
            GatewayConfig first,
            Supplier<Loaded> loader,
            Function<GatewayConfig, Future<Void>> taker,
            ReloadMeters meters) {
        this.vertx = vertx;
        this.loader = loader;
        this.taker = taker;
        this.meters = meters;
        this.started = first;
        this.state = new State(first, 1, first.inputs(), List.of());
    }

    /** Reads and takes the configuration; what was wrong with it, a line each, empty where it was taken. */
    synchronized Future<List<String>> now() {
        // One that is asked for meanwhile reads the files after the one that runs, so that none takes an older state.
        running =
                running.transform(before -> vertx.executeBlocking(loader::get)).compose(this::take);
        return running;
    }

    /** The keys whose change was read and is not in force before a restart. */
    List<String> waiting() {
        return AtRestart.changed(started, state.config());
    }

    /** Looks for changes of the files from now on, as long as the configuration in force says so. */
    void watch() {
        Seen seen = new Seen(stamps(state.read().files()));
        vertx.setPeriodic(LOOK_MILLIS, id -> look(seen));
    }

    /** {@code {version, number, loaded_at, successful, last_error, problems, watch, needs_restart, files}}. */
    JsonObject json() {
        State now = state;
        Inputs inputs = now.config().inputs();
        return new JsonObject()
                .put("version", inputs.version())
                .put("number", now.number())
                .put("loaded_at", meters.taken().toString())
                .put("successful", now.problems().isEmpty())
                .put(
                        "last_error",
                        now.problems().isEmpty() ? null : now.problems().get(0))
                .put("problems", new JsonArray(now.problems()))
                .put("watch", inputs.watch())
                .put("needs_restart", new JsonArray(waiting()))
                .put(
                        "files",
                        new JsonArray(
                                inputs.files().stream().map(Path::toString).toList()));
    }

    private Future<List<String>> take(Loaded loaded) {
        GatewayConfig wanted = loaded.config();
        if (wanted == null) {
            return Future.succeededFuture(refused(
                    loaded, loaded.problems().stream().map(Object::toString).toList()));
        }
        String exposed = exposed(wanted);
        if (!exposed.isEmpty()) {
            return Future.succeededFuture(refused(loaded, List.of(exposed)));
        }
        GatewayConfig before = state.config();
        return taker.apply(wanted)
                .map(done -> taken(wanted))
                .recover(failed -> taker.apply(before)
                        .otherwiseEmpty()
                        .map(back -> refused(loaded, List.of("cannot be put in force: " + failed.getMessage()))));
    }

    /** What would be open to anybody at an address that only a restart changes; empty where nothing would. */
    private String exposed(GatewayConfig wanted) {
        GatewayConfig.Address http = started.listen().http();
        GatewayConfig.Address admin = started.listen().admin();
        if (!wanted.viewers().isUnset() || http.isLoopback() && (admin == null || admin.isLoopback())) {
            return "";
        }
        return wanted.inputs().files().get(0) + ":1:1: auth.view is not set, and until a restart the gateway listens at"
                + " an address that is not loopback: anybody could read the events; write auth: {view: none} if that is"
                + " meant, or restart it";
    }

    private List<String> taken(GatewayConfig config) {
        state = new State(config, state.number() + 1, config.inputs(), List.of());
        meters.successful();
        LOG.info(
                "reloaded: version {}, {} routes, {} sinks",
                config.inputs().version(),
                config.routes().routes().size(),
                config.sinks().size());
        if (!waiting().isEmpty()) {
            LOG.warn("changed, but not in force before a restart: {}", String.join(", ", waiting()));
        }
        return List.of();
    }

    private List<String> refused(Loaded loaded, List<String> problems) {
        state = new State(state.config(), state.number(), loaded.inputs(), problems);
        meters.refused(problems.get(0));
        problems.forEach(problem -> LOG.error("reload refused: {}", problem));
        return problems;
    }

    private void look(Seen seen) {
        if (!state.config().inputs().watch() || seen.looking) {
            return;
        }
        seen.looking = true;
        List<Path> files = state.read().files();
        vertx.executeBlocking(() -> stamps(files))
                .onSuccess(stamps -> {
                    boolean changed = !stamps.equals(seen.stamps);
                    boolean settled = stamps.equals(seen.before);
                    seen.before = stamps;
                    // Two looks alike: whoever writes the files has come to an end.
                    if (changed && settled) {
                        seen.stamps = stamps;
                        LOG.info("the configuration changed");
                        now().onComplete(
                                        done -> seen.refresh(vertx, state.read().files()));
                    }
                })
                .onComplete(done -> seen.looking = false);
    }

    /** What each file is now, through symbolic links: a new one behind the same name counts as a change. */
    private static List<String> stamps(List<Path> files) {
        List<String> stamps = new ArrayList<>(files.size());
        for (Path file : files) {
            try {
                BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
                stamps.add(file + " " + file.toRealPath() + " " + is.fileKey() + " " + is.size() + " "
                        + is.lastModifiedTime());
            } catch (IOException absent) {
                stamps.add(file + " absent");
            }
        }
        return stamps;
    }

    /** What the last looks saw. Thread-safe. */
    private static final class Seen {

        private volatile List<String> stamps;
        private volatile List<String> before;
        private volatile boolean looking;

        Seen(List<String> stamps) {
            this.stamps = stamps;
            this.before = stamps;
        }

        /** The files may be others than before; what they were when they were read is not asked again. */
        void refresh(Vertx vertx, List<Path> files) {
            vertx.executeBlocking(() -> stamps(files)).onSuccess(now -> {
                if (now.size() != stamps.size()) {
                    stamps = now;
                    before = now;
                }
            });
        }
    }
}
