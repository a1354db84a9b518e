package io.github.falcogateway.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows which of the events that were on their way when an import was interrupted have arrived: it asks the gateway for
 * the imported events since. Confined to one thread.
 */
final class ImportRecall {

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final int PAGE = 1000;
    private static final int PAGES = 200;

    private final Map<String, Integer> arrived = new HashMap<>();
    private boolean known = true;

    private ImportRecall() {}

    static ImportRecall since(GatewayOption gateway, Instant sent) throws IOException {
        ImportRecall recall = new ImportRecall();
        String path = "/api/events?limit=" + PAGE + "&filter="
                + URLEncoder.encode("via = import", StandardCharsets.UTF_8) + "&before=";
        String before = "" + Long.MAX_VALUE / 10;
        for (int page = 0; page < PAGES && before != null; page++) {
            GatewayRequest.Answer answer = gateway.request(path + before).get();
            if (answer.status() != 200) {
                recall.known = false;
                break;
            }
            before = recall.take(answer.body(), sent.minus(CLOCKS_DIFFER));
        }
        return recall;
    }

    /** Whether the gateway has told. */
    boolean isKnown() {
        return known;
    }

    /** Whether this event has arrived; each arrival counts once. */
    boolean has(String event) {
        try {
            String bare = bare(new JsonObject(event));
            int left = arrived.getOrDefault(bare, 0);
            arrived.put(bare, Math.max(0, left - 1));
            return left > 0;
        } catch (DecodeException noEvent) {
            return false;
        }
    }

    private @Nullable String take(String body, Instant oldest) throws IOException {
        try {
            JsonObject page = new JsonObject(body);
            JsonArray events = page.getJsonArray("events");
            for (int i = 0; i < events.size(); i++) {
                JsonObject event = events.getJsonObject(i);
                if (event.getJsonObject("gateway").getInstant("received_at").isBefore(oldest)) {
                    return null;
                }
                arrived.merge(bare(event), 1, Integer::sum);
            }
            return page.getString("next");
        } catch (DecodeException | ClassCastException | NullPointerException noGateway) {
            throw new IOException("it is no gateway", noGateway);
        }
    }

    /** The event without what the gateway has added. */
    private static String bare(JsonObject event) {
        event.remove("hostname");
        event.remove("gateway");
        return event.encode();
    }
}
