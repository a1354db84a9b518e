package io.github.falcogateway.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The page in the browser: files out of the jar, and headers that let nothing else in. Thread-safe. */
final class Page {

    /** Nothing from outside, no script or style inside the markup, and no text that becomes markup. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final List<String> FILES = List.of(
            "api.js",
            "app.js",
            "chart.js",
            "complete.js",
            "condition.js",
            "dom.js",
            "drawer.js",
            "events.js",
            "filter.js",
            "format.js",
            "grid.js",
            "help.js",
            "hosts.js",
            "icon.svg",
            "json.js",
            "live.js",
            "noise.js",
            "place.js",
            "rates.js",
            "rejected.js",
            "rules.js",
            "session.js",
            "silences.js",
            "sinks.js",
            "span.js",
            "spark.js",
            "state.js",
            "stream.js",
            "style.css",
            "summary.js",
            "table.js",
            "trail.js",
            "views.css",
            "vocabulary.js");

    /** The charts' library; as it comes it makes a variable, the page wants a module. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.";

    /** A file as it is served. */
    private record Asset(String path, String type, Buffer content, String tag) {

        static Asset of(String path, Buffer content) {
            return new Asset(path, type(path), content, "\"" + Integer.toHexString(content.hashCode()) + "\"");
        }

        private static String type(String path) {
            return switch (path.substring(path.lastIndexOf('.') + 1)) {
                case "js" -> "text/javascript; charset=utf-8";
                case "css" -> "text/css; charset=utf-8";
                case "svg" -> "image/svg+xml";
                default -> "text/html; charset=utf-8";
            };
        }
    }

    /** All event loops serve the same ones. */
    private static final List<Asset> ASSETS = assets();

    private Page() {}

    static void mount(Router router) {
        ASSETS.forEach(asset -> router.get(asset.path()).handler(ctx -> send(ctx, asset)));
    }

    private static List<Asset> assets() {
        List<Asset> assets = new ArrayList<>();
        assets.add(Asset.of("/", read("/live/index.html")));
        FILES.forEach(file -> assets.add(Asset.of("/live/" + file, read("/live/" + file))));
        assets.add(Asset.of("/live/uplot.css", read(UPLOT + "min.css")));
        Buffer uplot = read(UPLOT + "iife.min.js").appendString("\nexport default uPlot;\n");
        assets.add(Asset.of("/live/uplot.js", uplot));
        return List.copyOf(assets);
    }

    private static void send(RoutingContext ctx, Asset asset) {
        ctx.response()
                .putHeader("Content-Type", asset.type())
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", asset.tag());
        if (asset.tag().equals(ctx.request().getHeader("If-None-Match"))) {
            ctx.response().setStatusCode(304).end();
        } else {
            ctx.response().end(asset.content());
        }
    }

    /** What the jar has under this name. */
    static Buffer read(String file) {
        try (InputStream in = Page.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + file);
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new IllegalStateException(file + " cannot be read", unreadable);
        }
    }
}
