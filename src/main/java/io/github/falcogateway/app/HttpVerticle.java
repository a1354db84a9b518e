package io.github.falcogateway.app;

import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.ingest.http.Connections;
import io.github.falcogateway.ingest.http.HttpIngest;
import io.github.falcogateway.ingest.http.Problem;
import io.github.falcogateway.live.LiveApi;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's share of the HTTP port: events first, everything else through the router. Confined to its loop. */
final class HttpVerticle extends VerticleBase {

    private static final int BACKLOG = 4096;
    private static final int END_SECONDS = 2;
    private static final long TURN_MS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);

    private final GatewayConfig config;
    private final HttpIngest ingest;
    private final Consumer<Router> routes;
    private final LiveApi live;
    private @Nullable HttpServer server;
    private volatile long turned = System.nanoTime();

    HttpVerticle(GatewayConfig config, HttpIngest ingest, Consumer<Router> routes, LiveApi live) {
        this.config = config;
        this.ingest = ingest;
        this.routes = routes;
        this.live = live;
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        routes.accept(router);
        live.mount(router);
        router.errorHandler(404, ctx -> Problem.send(ctx.response(), 404, "not found", "nothing is at this path"));
        router.errorHandler(405, ctx -> {
            if ("/".equals(ctx.normalizedPath())) {
                ctx.response().putHeader("Allow", "GET, HEAD, POST, PUT");
            }
            Problem.send(ctx.response(), 405, "method not allowed", "events are sent with POST or PUT");
        });
        router.errorHandler(500, ctx -> {
            LOG.error("{} failed", ctx.normalizedPath(), ctx.failure());
            Problem.send(ctx.response(), 500, "internal", "an error of the gateway's own");
        });
        // Events are sent here: another method is the sender's mistake, not a missing page.
        router.route("/events").handler(ctx -> {
            ctx.response().putHeader("Allow", "POST, PUT");
            ctx.fail(405);
        });
        Connections connections = new Connections(vertx, config.limits().connections());
        HttpServer made = vertx.createHttpServer(options());
        made.connectionHandler(connections::opened);
        made.requestHandler(request -> {
            connections.busy(request);
            if (HttpIngest.takes(request)) {
                ingest.handle(request);
            } else {
                router.handle(request);
            }
        });
        server = made;
        vertx.setPeriodic(TURN_MS, timer -> turned = System.nanoTime());
        live.start();
        return made.listen();
    }

    /** Whether its event loop has come round within this time; from any thread. */
    boolean isTurning(Duration within) {
        return System.nanoTime() - turned < within.toNanos();
    }

    /** The port it listens on. */
    int port() {
        return server == null ? 0 : server.actualPort();
    }

    @Override
    public Future<?> stop() {
        live.stop();
        return server == null ? Future.succeededFuture() : server.shutdown(END_SECONDS, TimeUnit.SECONDS);
    }

    private HttpServerOptions options() {
        GatewayConfig.Listen listen = config.listen();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(listen.host())
                // -1 is one free port that all instances share.
                .setPort(listen.port() == 0 ? -1 : listen.port())
                .setMaxHeaderSize(config.limits().header())
                .setHandle100ContinueAutomatically(false);
        // Falco loses an event when an idle connection closes under it: no idle timeout, dead peers are TCP's to find.
        options.setIdleTimeout(0).setTcpKeepAlive(true).setTcpNoDelay(true).setAcceptBacklog(BACKLOG);
        GatewayConfig.Tls tls = listen.tls();
        if (tls != null) {
            ServerSSLOptions ssl = certificates(tls);
            options.setSsl(true).setUseAlpn(true);
            options.setKeyCertOptions(ssl.getKeyCertOptions());
            options.setTrustOptions(ssl.getTrustOptions()).setClientAuth(ssl.getClientAuth());
        }
        return options;
    }

    /** Takes the certificate and key as the files are now, for connections from here on. */
    void renew(GatewayConfig.@Nullable Tls tls) {
        HttpServer running = server;
        if (tls != null && running != null && config.listen().tls() != null) {
            context.runOnContext(now -> running.updateSSLOptions(certificates(tls), true)
                    .onFailure(bad ->
                            LOG.error("the certificate cannot be used, the old one is kept: {}", bad.toString())));
        }
    }

    private static ServerSSLOptions certificates(GatewayConfig.Tls tls) {
        ServerSSLOptions options = new ServerSSLOptions()
                .setKeyCertOptions(
                        new PemKeyCertOptions().setCertPath(tls.cert()).setKeyPath(tls.key()));
        options.setApplicationLayerProtocols(List.of("h2", "http/1.1"));
        if (tls.clientCa() != null) {
            // Asked for, not required: tokens and passwords are other ways to be known.
            options.setTrustOptions(new PemTrustOptions().addCertPath(tls.clientCa()))
                    .setClientAuth(ClientAuth.REQUEST);
        }
        return options;
    }
}
