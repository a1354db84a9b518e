package io.github.falcogateway.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;

/**
 * The description of all of the API, other packages' parts included.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.0">OpenAPI 3.1</a>
 */
final class OpenApi {

    private static final Buffer DESCRIPTION = Page.read("/live/openapi.json");

    private OpenApi() {}

    static void mount(Router router) {
        router.get("/api/openapi.json")
                .handler(ctx -> ctx.response()
                        .putHeader("Content-Type", "application/json")
                        .end(DESCRIPTION));
    }
}
