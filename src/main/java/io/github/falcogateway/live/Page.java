package io.github.falcogateway.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The page in the browser: three files out of the jar, and headers that let nothing else in. Thread-safe. */
final class Page {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "app.js", "text/javascript; charset=utf-8",
            "style.css", "text/css; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private Page() {}

    static void mount(Router router) {
        TYPES.forEach((file, type) -> {
            Buffer content = read(file);
            String tag = "\"" + Integer.toHexString(content.hashCode()) + "\"";
            String path = file.equals("index.html") ? "/" : "/live/" + file;
            router.get(path).handler(ctx -> send(ctx, type, content, tag));
        });
    }

    private static void send(RoutingContext ctx, String type, Buffer content, String tag) {
        ctx.response()
                .putHeader("Content-Type", type)
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", tag);
        if (tag.equals(ctx.request().getHeader("If-None-Match"))) {
            ctx.response().setStatusCode(304).end();
        } else {
            ctx.response().end(content);
        }
    }

    private static Buffer read(String file) {
        try (InputStream in = Page.class.getResourceAsStream("/live/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks live/" + file);
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new IllegalStateException("live/" + file + " cannot be read", unreadable);
        }
    }
}
