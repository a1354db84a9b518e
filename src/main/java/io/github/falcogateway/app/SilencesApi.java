package io.github.falcogateway.app;

import io.github.falcogateway.codec.Timestamps;
import io.github.falcogateway.filter.Definitions;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.filter.FilterException;
import io.github.falcogateway.ingest.http.Problem;
import io.github.falcogateway.rule.Silence;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lists, adds and ends silences. Thread-safe. */
final class SilencesApi {

    private static final int MAX_BODY = 64 * 1024;
    private static final String RETRY_AFTER = "5";

    private final Silences silences;
    private final Supplier<Duration> longest;

    /**
     * The API.
     *
     * @param longest how long one may last: beyond it nobody remembers what he does not see
     */
    SilencesApi(Silences silences, Supplier<Duration> longest) {
        this.silences = silences;
        this.longest = longest;
    }

    void mount(Router router) {
        router.get("/api/silences").handler(this::list);
        router.post("/api/silences").handler(new WholeBody(MAX_BODY)).handler(this::add);
        router.delete("/api/silences").handler(ctx -> expire(ctx, ctx.request().getParam("id")));
        router.delete("/api/silences/:id").handler(ctx -> expire(ctx, ctx.pathParam("id")));
    }

    private void list(RoutingContext ctx) {
        JsonArray all = new JsonArray();
        Instant now = Instant.now();
        silences.all().forEach(silence -> all.add(json(silence, now)));
        ctx.json(new JsonObject().put("silences", all));
    }

    private void add(RoutingContext ctx) {
        Silence wanted;
        try {
            wanted = read(new JsonObject(WholeBody.of(ctx)), Instant.now());
        } catch (DecodeException | NullPointerException | ClassCastException bad) {
            refuse(ctx, "send {condition, author, comment, start, end} as a JSON object of texts");
            return;
        } catch (FilterException bad) {
            refuse(ctx, "condition: " + bad.getMessage() + " (at character " + bad.at() + ")");
            return;
        } catch (IllegalArgumentException bad) {
            refuse(ctx, String.valueOf(bad.getMessage()));
            return;
        }
        silences.add(wanted)
                .onSuccess(silence -> {
                    ctx.response().setStatusCode(201);
                    ctx.json(json(silence, Instant.now()));
                })
                .onFailure(bad -> {
                    if (bad instanceof TimeoutException) {
                        notKept(ctx, "the disk refuses the silence, and it is not in force: send it again later");
                    } else {
                        refuse(ctx, String.valueOf(bad.getMessage()));
                    }
                });
    }

    private static void notKept(RoutingContext ctx, String detail) {
        ctx.response().putHeader("Retry-After", RETRY_AFTER);
        Problem.send(ctx.response(), 503, "not kept", detail);
    }

    private void expire(RoutingContext ctx, @Nullable String id) {
        Future<Void> ended = id == null ? null : silences.expire(id);
        if (ended == null) {
            Problem.send(ctx.response(), 404, "not found", "no silence has this id");
            return;
        }
        ended.onSuccess(done -> ctx.response().setStatusCode(204).end()).onFailure(late -> {
            if (late instanceof TimeoutException) {
                notKept(ctx, "it has ended, but the disk refuses to keep that: a restart meanwhile brings it back");
            } else {
                ctx.fail(late);
            }
        });
    }

    private Silence read(JsonObject json, Instant now) {
        Instant from = time(json, "start", now);
        Instant until = time(json, "end", null);
        if (!until.isAfter(from) || !until.isAfter(now)) {
            throw new IllegalArgumentException("end must be after start and after now");
        }
        if (Duration.between(from, until).compareTo(longest.get()) > 0) {
            throw new IllegalArgumentException("a silence lasts at most " + text(longest.get()) + ", silences.max");
        }
        return new Silence(
                "",
                Filter.compile(need(json, "condition"), Definitions.none()),
                need(json, "author"),
                need(json, "comment"),
                from,
                until);
    }

    private static String text(Duration length) {
        boolean days = length.toDays() > 0 && length.equals(Duration.ofDays(length.toDays()));
        return days ? length.toDays() + " days" : length.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String need(JsonObject json, String key) {
        String text = json.getString(key);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(key + " is required");
        }
        return text;
    }

    private static Instant time(JsonObject json, String key, @Nullable Instant otherwise) {
        String text = json.getString(key);
        Instant time = text == null ? otherwise : Timestamps.parse(text);
        if (time == null) {
            throw new IllegalArgumentException(key + " must be a time such as 2026-01-31T08:00:00Z");
        }
        return time;
    }

    private JsonObject json(Silence silence, Instant now) {
        String state = silence.active(now) ? "active" : now.isBefore(silence.from()) ? "pending" : "expired";
        return new JsonObject()
                .put("id", silence.id())
                .put("condition", silence.filter().text())
                .put("author", silence.author())
                .put("comment", silence.comment())
                .put("start", silence.from().toString())
                .put("end", silence.until().toString())
                .put("state", state)
                .put("held", silences.held(silence.id()));
    }

    private static void refuse(RoutingContext ctx, String why) {
        Problem.send(ctx.response(), 400, "bad silence", why);
    }
}
