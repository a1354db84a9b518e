package io.github.falcogateway.sink.discord;

import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;

/** What an answer means for the message it answers. Immutable. */
sealed interface Verdict {

    /** Discord has it. */
    record Taken() implements Verdict {}

    /** Discord never takes it as it is. */
    record Refused(String why) implements Verdict {}

    /** It is to be sent again, later or after a change. */
    record Stopped(Fault fault) implements Verdict {}

    /** A webhook of a forum channel needs a thread: https://docs.discord.com/developers/topics/opcodes-and-status-codes. */
    Set<Integer> FORUM_ERRORS = Set.of(220001, 220002, 220003);

    /** Judges one answer. */
    static Verdict of(Reply reply) {
        int status = reply.status();
        if (status >= 200 && status < 300) {
            return new Taken();
        }
        if (status >= 500) {
            return new Stopped(illness(reply));
        }
        return switch (status) {
            case 400 -> refusal(reply);
            case 413, 422 -> new Refused("refused with status " + status);
            case 401 -> holding(FaultReason.UNAUTHORIZED, "status 401: the webhook's token is not valid");
            case 403 -> new Stopped(Fault.passing(FaultReason.UNAUTHORIZED, "status 403: not allowed here"));
            case 404, 410 ->
                holding(FaultReason.NOT_FOUND, "status " + status + ": there is no such webhook or thread");
            case 408 -> new Stopped(Fault.passing(FaultReason.TIMEOUT, "status 408"));
            case 429 -> new Stopped(rateLimit(reply));
            default -> holding(FaultReason.REFUSED, "status " + status + ": this is not how a webhook answers");
        };
    }

    /** Whether a 429 is for all that this machine sends: a global limit, or a ban. */
    static boolean isOfTheAddress(Reply reply) {
        JsonObject json = reply.json();
        return reply.status() == 429 && (json == null || Boolean.TRUE.equals(json.getValue("global")));
    }

    private static Verdict refusal(Reply reply) {
        Refusal refusal = Refusal.of(reply.json());
        if (FORUM_ERRORS.contains(refusal.code())) {
            return holding(
                    FaultReason.REFUSED,
                    "code " + refusal.code() + ": the webhook is a forum's; name a thread: ?thread_id=ID");
        }
        return refusal.isOfTheEvents()
                ? new Refused(refusal.toString())
                : holding(FaultReason.REFUSED, refusal + ", which is no part of an event: see the sink's settings");
    }

    private static Fault illness(Reply reply) {
        String detail = "status " + reply.status();
        Duration wait = reply.seconds("Retry-After");
        return wait.isZero()
                ? Fault.passing(FaultReason.SERVER_ERROR, detail)
                : Fault.wait(FaultReason.SERVER_ERROR, detail, wait);
    }

    /** Both the header and the body say how long; https://docs.discord.com/developers/topics/rate-limits. */
    private static Fault rateLimit(Reply reply) {
        Duration header = reply.seconds("Retry-After");
        JsonObject json = reply.json();
        if (json == null) {
            return Fault.wait(
                    FaultReason.RATE_LIMITED,
                    "status 429 that is not of the API: this address is banned for a while",
                    longer(header, Duration.ofMinutes(10)));
        }
        Duration body = json.getValue("retry_after") instanceof Number seconds
                ? Reply.seconds(seconds.doubleValue())
                : Duration.ZERO;
        Duration wait = longer(longer(header, body), reply.seconds("X-RateLimit-Reset-After"));
        boolean global = Boolean.TRUE.equals(json.getValue("global"));
        return Fault.wait(
                FaultReason.RATE_LIMITED,
                global ? "status 429 for all of this address" : "status 429",
                wait.isZero() ? Duration.ofMinutes(1) : wait);
    }

    private static Verdict holding(FaultReason reason, String detail) {
        return new Stopped(Fault.holding(reason, detail));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
