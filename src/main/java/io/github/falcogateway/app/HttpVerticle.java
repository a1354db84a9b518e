package io.github.falcogateway.app;

import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.ingest.http.Connections;
import io.github.falcogateway.ingest.http.HttpIngest;
import io.github.falcogateway.ingest.http.Problem;
import io.github.falcogateway.live.LiveApi;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's share of the HTTP port: events first, everything else through the router. Confined to its loop. */
final class HttpVerticle extends VerticleBase {

    private static final int BACKLOG = 4096;
    private static final int END_SECONDS = 2;
    private static final long TURN_MS = 1000;
    private static final Set<String> PROTOCOLS = new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));

    private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);

    private final Listener listener;
    private final GatewayConfig.Limits limits;
    private final HttpIngest ingest;
    private final Consumer<Router> routes;
    private final LiveApi live;
    private @Nullable HttpServer server;
    private @Nullable Connections open;
    private volatile long turned = System.nanoTime();

    HttpVerticle(
            Listener listener, GatewayConfig.Limits limits, HttpIngest ingest, Consumer<Router> routes, LiveApi live) {
        this.listener = listener;
        this.limits = limits;
        this.ingest = ingest;
        this.routes = routes;
        this.live = live;
    }

    Listener listener() {
        return listener;
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        if (listener.admin()) {
            routes.accept(router);
            live.mount(router);
        } else {
            router.get("/ping").handler(ctx -> ctx.response().end("pong"));
            router.route("/").handler(ctx -> ctx.fail(405));
        }
        if (listener.events()) {
            // Events are sent there: another method is the sender's mistake, not a missing page.
            router.route("/events").handler(ctx -> ctx.fail(405));
            router.route("/events/").handler(ctx -> ctx.fail(405));
        }
        // What Vert.x refuses by itself, such as a form that is none.
        router.errorHandler(400, ctx -> Problem.send(ctx.response(), 400, "bad request", "the request cannot be read"));
        router.errorHandler(
                413, ctx -> Problem.send(ctx.response(), 413, "too large", "the body is larger than this path takes"));
        router.errorHandler(404, ctx -> Problem.send(ctx.response(), 404, "not found", "nothing is at this path"));
        router.errorHandler(405, ctx -> wrongMethod(ctx, router.getRoutes()));
        router.errorHandler(500, ctx -> {
            if (ctx.response().closed()) {
                LOG.debug("{} failed: whoever asked has gone", ctx.normalizedPath(), ctx.failure());
                return;
            }
            LOG.error("{} failed", ctx.normalizedPath(), ctx.failure());
            Problem.send(ctx.response(), 500, "internal", "an error of the gateway's own");
        });
        Connections connections = new Connections(vertx, limits.connections());
        open = connections;
        HttpServer made = vertx.createHttpServer(options());
        made.connectionHandler(connections::opened);
        made.exceptionHandler(new Handshakes(listener.events() ? "listen.http" : "listen.admin"));
        made.invalidRequestHandler(this::unreadable);
        Set<String> known = router.getRoutes().stream()
                .map(Route::getPath)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        made.requestHandler(request -> {
            connections.busy(request);
            if (listener.events() && HttpIngest.takes(request)) {
                ingest.handle(request);
            } else if (listener.events() && strays(request, known)) {
                ingest.astray(request);
            } else if (!HttpIngest.understands(request)) {
                Problem.send(
                        request.response(), 501, "not implemented", "of transfer codings chunked alone is understood");
            } else if (!isReadable(request.uri())) {
                Problem.send(request.response(), 400, "bad request", "a percent sign in the address begins no escape");
            } else {
                router.handle(request.method().equals(HttpMethod.HEAD) ? new HeadRequest(request) : request);
            }
        });
        server = made;
        vertx.setPeriodic(TURN_MS, timer -> turned = System.nanoTime());
        if (listener.admin()) {
            live.start();
        }
        return made.listen();
    }

    private void wrongMethod(RoutingContext ctx, List<Route> routes) {
        String path = ctx.normalizedPath();
        Set<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            if (route.methods() != null && leadsTo(route, path)) {
                route.methods().forEach(method -> allowed.add(method.name()));
            }
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        if (listener.events() && HttpIngest.PATHS.contains(path)) {
            allowed.addAll(List.of("POST", "PUT"));
        }
        String methods = String.join(", ", allowed);
        ctx.response().putHeader("Allow", methods);
        Problem.send(ctx.response(), 405, "method not allowed", "this path takes " + methods);
    }

    private static boolean leadsTo(Route route, String path) {
        return route.getPath() != null && path.matches(route.getPath().replaceAll(":[a-z]+", "[^/]+"));
    }

    /** Whether path and query can be read, which the router and its handlers take for granted. */
    private static boolean isReadable(String address) {
        try {
            QueryStringDecoder read = new QueryStringDecoder(address);
            return read.path() != null && read.parameters() != null;
        } catch (IllegalArgumentException noEscape) {
            return false;
        }
    }

    /** Whether it sends something to a path that is none, and that looks like none of the gateway's own. */
    private static boolean strays(HttpServerRequest request, Set<String> known) {
        String path = request.path();
        boolean sends =
                request.method().equals(HttpMethod.POST) || request.method().equals(HttpMethod.PUT);
        return sends && path != null && !path.startsWith("/api/") && !path.startsWith("/-/") && !known.contains(path);
    }

    /** Whether its event loop has come round within this time; from any thread. */
    boolean isTurning(Duration within) {
        return System.nanoTime() - turned < within.toNanos();
    }

    /** What is no HTTP, or more of it than may be: where the next request would begin nobody knows. */
    private void unreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        request.response().putHeader("Connection", "close");
        if (cause instanceof TooLongHttpLineException) {
            String detail = "the first line is longer than limits.header, " + firstLine() + " bytes";
            Problem.send(request.response(), 414, "address too long", detail);
        } else if (cause instanceof TooLongHttpHeaderException) {
            String detail = "the header is larger than limits.header, " + limits.header() + " bytes";
            Problem.send(request.response(), 431, "header too large", detail);
        } else {
            Problem.send(request.response(), 400, "bad request", "this is no HTTP request");
        }
        request.connection().close();
    }

    /** A condition to filter by may be long, and is in the first line of a GET. */
    private int firstLine() {
        return Math.max(HttpServerOptions.DEFAULT_MAX_INITIAL_LINE_LENGTH, limits.header());
    }

    /** The port it listens on. */
    int port() {
        return server == null ? 0 : server.actualPort();
    }

    @Override
    public Future<?> stop() {
        if (listener.admin()) {
            live.stop();
        }
        HttpServer running = server;
        if (running == null || open == null) {
            return Future.succeededFuture();
        }
        ListeningSockets.rest(vertx);
        return open.leave().compose(done -> running.shutdown(END_SECONDS, TimeUnit.SECONDS));
    }

    private HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(listener.address().host())
                .setPort(listener.port())
                .setMaxHeaderSize(limits.header())
                .setMaxInitialLineLength(firstLine())
                .setHandle100ContinueAutomatically(false)
                // HTTP/2 is for TLS. While Vert.x waits whether a connection becomes HTTP/2 it is none of ours:
                // it neither counts nor ends, however long its header takes.
                .setHttp2ClearTextEnabled(false)
                // No WebSockets here: their handler would look at every request.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        // Falco loses an event when an idle connection closes under it: no idle timeout, dead peers are TCP's to find.
        options.setIdleTimeout(0).setTcpKeepAlive(true).setTcpNoDelay(true).setAcceptBacklog(BACKLOG);
        GatewayConfig.Tls tls = listener.tls();
        if (tls != null) {
            ServerSSLOptions ssl = certificates(tls);
            options.setSsl(true).setUseAlpn(true).setEnabledSecureTransportProtocols(PROTOCOLS);
            options.setKeyCertOptions(ssl.getKeyCertOptions());
            options.setTrustOptions(ssl.getTrustOptions()).setClientAuth(ssl.getClientAuth());
        }
        return options;
    }

    /** Takes the certificate and key as the files are now, for connections from here on, on all loops of the port. */
    Future<?> renew(GatewayConfig.Tls tls) {
        HttpServer running = server;
        if (running == null) {
            return Future.succeededFuture();
        }
        Promise<Boolean> renewed = Promise.promise();
        context.runOnContext(
                now -> running.updateSSLOptions(certificates(tls), true).onComplete(renewed));
        return renewed.future()
                .onFailure(bad -> LOG.error("the certificate cannot be used, the old one is kept: {}", bad.toString()));
    }

    private static ServerSSLOptions certificates(GatewayConfig.Tls tls) {
        ServerSSLOptions options = new ServerSSLOptions()
                .setKeyCertOptions(
                        new PemKeyCertOptions().setCertPath(tls.cert()).setKeyPath(tls.key()));
        options.setEnabledSecureTransportProtocols(PROTOCOLS).setApplicationLayerProtocols(List.of("h2", "http/1.1"));
        if (tls.clientCa() != null) {
            // Asked for, not required: tokens and passwords are other ways to be known.
            options.setTrustOptions(new PemTrustOptions().addCertPath(tls.clientCa()))
                    .setClientAuth(ClientAuth.REQUEST);
        }
        return options;
    }
}
