package io.github.falcogateway.admin;

import io.github.falcogateway.telemetry.Scrape;
import io.github.falcogateway.telemetry.Scraper;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Answers probes, scrapers and whoever asks for a reload. Thread-safe. */
public final class AdminApi {

    /** Named, and not with q=0. */
    private static final Pattern GZIP = Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

    private final Telemetry telemetry;
    private final Supplier<List<String>> notReady;
    private final Supplier<Future<List<String>>> reload;
    private final Supplier<List<String>> waiting;

    /**
     * The API.
     *
     * @param notReady what is not ready, a line each; empty when all is
     * @param reload reloads the configuration; what was wrong with it, a line each, empty when it was taken
     * @param waiting the keys whose change was read and is not in force before a restart
     */
    public AdminApi(
            Telemetry telemetry,
            Supplier<List<String>> notReady,
            Supplier<Future<List<String>>> reload,
            Supplier<List<String>> waiting) {
        this.waiting = waiting;
        this.telemetry = telemetry;
        this.notReady = notReady;
        this.reload = reload;
    }

    /** Puts the API on a router. */
    public void mount(Router router) {
        router.get("/ping")
                .handler(ctx -> ctx.response()
                        .putHeader("Content-Type", "text/plain; charset=utf-8")
                        .end("pong"));
        router.get("/healthz").handler(ctx -> ctx.json(new JsonObject().put("status", "ok")));
        router.get("/readyz").handler(this::ready);
        router.get("/metrics").handler(this::metrics);
        router.post("/-/reload").handler(this::reload);
    }

    private void ready(RoutingContext ctx) {
        List<String> reasons = notReady.get();
        ctx.response().setStatusCode(reasons.isEmpty() ? 200 : 503);
        ctx.json(new JsonObject()
                .put("status", reasons.isEmpty() ? "ready" : "not ready")
                .put("reasons", new JsonArray(reasons)));
    }

    private void metrics(RoutingContext ctx) {
        boolean openMetrics = wantsOpenMetrics(ctx.parsedHeaders().accept());
        Scraper scraper = scraper(ctx.request());
        String encodings = ctx.request().getHeader("Accept-Encoding");
        boolean gzip = encodings != null && GZIP.matcher(encodings).find();
        // A scrape of ten thousand series takes longer than an event loop may be busy.
        ctx.vertx()
                .executeBlocking(
                        () -> {
                            Scrape scrape = telemetry.scrape(openMetrics, scraper);
                            return gzip ? new Scrape(scrape.contentType(), scrape.gzip()) : scrape;
                        },
                        false)
                .onSuccess((Scrape scrape) -> {
                    ctx.response()
                            .putHeader("Content-Type", scrape.contentType())
                            .putHeader("Vary", "Accept, Accept-Encoding");
                    if (gzip) {
                        ctx.response().putHeader("Content-Encoding", "gzip");
                    }
                    ctx.response().end(Buffer.buffer(scrape.body()));
                })
                .onFailure(ctx::fail);
    }

    /** Whether a scraper names OpenMetrics and likes it no less than text, as a Prometheus does unless it is told otherwise. */
    private static boolean wantsOpenMetrics(List<MIMEHeader> accepted) {
        float open = weight(accepted, "application/openmetrics-text");
        return open > 0 && open >= weight(accepted, "text/plain", "text/*", "*/*");
    }

    /** How much the first of these is liked that is named; 0 where none is. */
    private static float weight(List<MIMEHeader> accepted, String... types) {
        for (String type : types) {
            for (MIMEHeader named : accepted) {
                if (type.equalsIgnoreCase(named.component() + "/" + named.subComponent())) {
                    return named.weight();
                }
            }
        }
        return 0;
    }

    /** A Prometheus, by the header or the name that it and its kin send, or somebody who looks once. */
    private static Scraper scraper(HttpServerRequest request) {
        String agent = request.getHeader("User-Agent");
        boolean regular = request.headers().contains("X-Prometheus-Scrape-Timeout-Seconds")
                || (agent != null && agent.startsWith("Prometheus/"));
        SocketAddress remote = request.remoteAddress();
        if (!regular || remote == null) {
            return Scraper.VISITOR;
        }
        String query = request.query() == null ? "" : "?" + request.query();
        return new Scraper(remote.hostAddress() + query, remote.port());
    }

    private void reload(RoutingContext ctx) {
        reload.get()
                .onSuccess(problems -> {
                    JsonObject answer =
                            problems.isEmpty() ? new JsonObject().put("status", "reloaded") : refusal(problems);
                    if (!problems.isEmpty()) {
                        ctx.response().setStatusCode(400).putHeader("Content-Type", "application/problem+json");
                    }
                    ctx.json(answer.put("problems", new JsonArray(problems))
                            .put("needs_restart", new JsonArray(waiting.get())));
                })
                .onFailure(ctx::fail);
    }

    private static JsonObject refusal(List<String> problems) {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", "kept the old configuration")
                .put("status", 400)
                .put("detail", String.join("\n", problems));
    }
}
