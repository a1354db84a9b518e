package io.github.falcogateway.sink.discord;

import io.github.falcogateway.sink.HttpReply;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came back for one message. Immutable.
 *
 * @param body the start of the answer; never shown, as it may repeat what was sent
 */
record Reply(int status, MultiMap headers, String body) {

    /** A receiver's clock may be broken; whatever it asks for, look again after a day. */
    private static final double LONGEST_SECONDS = Duration.ofDays(1).toSeconds();

    /** 1.336 seconds are 1336.0000000000002 milliseconds of a double. */
    private static final double ROUNDING = 1e-6;

    static Reply of(HttpReply reply) {
        return new Reply(reply.status(), reply.headers(), reply.body());
    }

    /** The answer as a JSON object; null when it is none. */
    @Nullable
    JsonObject json() {
        try {
            return new JsonObject(body);
        } catch (DecodeException notJson) {
            return null;
        }
    }

    /** A header that gives seconds, with or without a fraction; zero when it is absent or something else. */
    Duration seconds(String header) {
        String value = headers.get(header);
        if (value == null) {
            return Duration.ZERO;
        }
        try {
            return seconds(Double.parseDouble(value));
        } catch (NumberFormatException date) {
            return Duration.ZERO;
        }
    }

    /** Seconds within reason; not a number counts as none. */
    static Duration seconds(double seconds) {
        double some = seconds > 0 ? Math.min(seconds, LONGEST_SECONDS) : 0;
        return Duration.ofMillis((long) Math.ceil(some * 1000 - ROUNDING));
    }

    /** How long the bucket is empty; zero while there is something in it. */
    Duration bucketWait() {
        String remaining = headers.get("X-RateLimit-Remaining");
        return remaining != null && remaining.strip().equals("0") ? seconds("X-RateLimit-Reset-After") : Duration.ZERO;
    }
}
