package io.github.falcogateway.app;

import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.config.PemFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports: an HTTP server of each on every event loop, and their certificates, read anew when the files change. Thread-safe. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final long LOOK_MS = 5_000;

    private final Vertx vertx;
    private final GatewayConfig.Listen listen;
    private final List<Listener> listeners = new ArrayList<>();
    private final List<HttpVerticle> servers = new ArrayList<>();
    private volatile GatewayConfig.@Nullable Tls tls;
    private volatile int known;
    private Future<Void> renewed = Future.succeededFuture();

    Listeners(Vertx vertx, GatewayConfig.Listen listen) {
        this.vertx = vertx;
        this.listen = listen;
        this.tls = listen.tls();
        listeners.add(new Listener(listen.http(), listen.tls(), true, listen.admin() == null));
        if (listen.admin() != null) {
            listeners.add(new Listener(listen.admin(), listen.tls(), false, true));
        }
    }

    /** Listens; done once all ports are open. */
    Future<Void> start(Function<Listener, HttpVerticle> server) {
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors());
        // One port after the other, that of events first: a socket that a supervisor keeps is for it.
        Future<Void> open = Future.succeededFuture();
        for (Listener listener : listeners) {
            open = open.compose(done -> deploy(listener, loops, server));
        }
        GatewayConfig.Tls files = tls;
        if (files != null) {
            known = content(files);
            vertx.setPeriodic(LOOK_MS, timer -> vertx.executeBlocking(this::look, false));
        }
        return open;
    }

    private Future<Void> deploy(Listener listener, int loops, Function<Listener, HttpVerticle> server) {
        List<Future<?>> deployed = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            HttpVerticle made = server.apply(listener);
            servers.add(made);
            deployed.add(vertx.deployVerticle(made));
        }
        return Future.all(deployed)
                .<Void>mapEmpty()
                .recover(failed -> Future.failedFuture(new IOException(
                        (listener.events() ? "listen.http " : "listen.admin ")
                                + listener.address().host() + ":"
                                + listener.address().port() + ": " + failed.getMessage(),
                        failed)));
    }

    /** The port of events, or that of everything else. */
    int port(boolean events) {
        return servers.stream()
                .filter(server ->
                        events ? server.listener().events() : server.listener().admin())
                .findFirst()
                .map(HttpVerticle::port)
                .orElse(0);
    }

    /** The address of the live view; where its port is a free one, without it until that is bound. */
    String viewUrl() {
        int configured = listen.view().port();
        return listen.viewUrl(configured == 0 ? port(false) : configured);
    }

    /** Whether every event loop has come round within this time. */
    boolean isTurning(Duration within) {
        return servers.stream().allMatch(server -> server.isTurning(within));
    }

    Future<?> stop() {
        List<Future<?>> closed = servers.stream()
                .<Future<?>>map(server -> vertx.undeploy(server.deploymentID()))
                .toList();
        return Future.join(closed).otherwiseEmpty();
    }

    /** Takes certificate and key as the files are now, which may be others than before; done once new connections get them. */
    Future<Void> renew(GatewayConfig.@Nullable Tls wanted) {
        if (wanted == null || tls == null) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> content(wanted), false).compose(content -> {
            tls = wanted;
            known = content;
            return take(wanted);
        });
    }

    /** One after another: the servers of a port share a certificate, and two updates of it at once never end. */
    private synchronized Future<Void> take(GatewayConfig.Tls files) {
        for (Listener listener : listeners) {
            servers.stream()
                    .filter(server -> server.listener().equals(listener))
                    .findFirst()
                    .ifPresent(first -> renewed =
                            renewed.transform(before -> first.renew(files)).mapEmpty());
        }
        return renewed;
    }

    private int look() {
        GatewayConfig.Tls files = tls;
        int now = files == null ? known : content(files);
        if (files == null || now == known) {
            return now;
        }
        known = now;
        Map<String, String> faults = PemFiles.faults(files);
        if (faults.isEmpty()) {
            LOG.info("the certificate has changed and is taken");
            take(files);
        } else {
            // Half of a pair may have been written: with the other half it changes again.
            LOG.warn("the certificate has changed and cannot be used, the old one is kept: {}", faults.values());
        }
        return now;
    }

    /** What the files hold, in short: times and links say too little where files are swapped by a link. */
    private static int content(GatewayConfig.Tls tls) {
        int content = 0;
        for (String file : Arrays.asList(tls.cert(), tls.key(), tls.clientCa())) {
            try {
                content = content * 31 + (file == null ? 0 : Arrays.hashCode(Files.readAllBytes(Path.of(file))));
            } catch (IOException between) {
                content = content * 31 - 1;
            }
        }
        return content;
    }
}
