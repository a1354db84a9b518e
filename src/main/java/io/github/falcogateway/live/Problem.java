package io.github.falcogateway.live;

import io.github.falcogateway.filter.FilterException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * An error answer of the API.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
final class Problem {

    private Problem() {}

    static void send(RoutingContext ctx, int status, String detail) {
        send(ctx, status, new JsonObject().put("detail", detail));
    }

    /** Tells what is wrong with a parameter; of a condition also where. */
    static void bad(RoutingContext ctx, IllegalArgumentException wrong) {
        send(ctx, 400, described(wrong));
    }

    /** {@code {detail, parameter, at?, suggestion?}}. */
    static JsonObject described(IllegalArgumentException wrong) {
        JsonObject told = new JsonObject();
        if (!(wrong.getCause() instanceof FilterException bad)) {
            return told.put("detail", String.valueOf(wrong.getMessage()));
        }
        told.put("detail", wrong.getMessage()).put("parameter", "filter").put("at", bad.at());
        if (!bad.suggestion().isEmpty()) {
            told.put("suggestion", bad.suggestion());
        }
        return told;
    }

    private static void send(RoutingContext ctx, int status, JsonObject told) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", title(status))
                .put("status", status)
                .mergeIn(told);
        ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(problem.toBuffer());
    }

    private static String title(int status) {
        return switch (status) {
            case 404 -> "not found";
            case 429 -> "too many requests";
            default -> "bad request";
        };
    }
}
