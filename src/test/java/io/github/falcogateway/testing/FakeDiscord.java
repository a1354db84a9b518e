package io.github.falcogateway.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A server on loopback that answers as Discord's execute-webhook call: it refuses what breaks a limit, and gives whatever
 * answers a test asks for first. Thread-safe.
 */
public final class FakeDiscord implements AutoCloseable {

    /**
     * One request as it came.
     *
     * @param nanos when, by {@link System#nanoTime}
     */
    public record Received(String uri, Map<String, String> headers, JsonObject message, long nanos) {}

    /**
     * One answer.
     *
     * @param status 0 for none at all
     */
    public record Answer(int status, Map<String, String> headers, String body) {

        /** A status without headers or body. */
        public static Answer status(int status) {
            return new Answer(status, Map.of(), "");
        }

        /** Takes the request and never answers. */
        public static Answer hang() {
            return status(0);
        }

        /** Takes the message, with these headers. */
        public static Answer taken(Map<String, String> headers) {
            return new Answer(200, headers, "{\"id\":\"1\",\"channel_id\":\"77\"}");
        }

        /** The limit as the API tells it. */
        public static Answer rateLimited(String header, double body, boolean global) {
            JsonObject json = new JsonObject()
                    .put("message", "You are being rate limited.")
                    .put("retry_after", body)
                    .put("global", global);
            return new Answer(429, Map.of("Retry-After", header), json.encode());
        }
    }

    private final HttpServer server;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<JsonObject> accepted = new CopyOnWriteArrayList<>();
    private volatile Predicate<JsonObject> refusedEmbed = embed -> false;
    private volatile Bucket bucket = new Bucket(Integer.MAX_VALUE, Duration.ofSeconds(1));

    private FakeDiscord(Vertx vertx) {
        server = vertx.createHttpServer().requestHandler(this::take);
    }

    /** Starts one on a free port; returns when it listens. */
    public static FakeDiscord start(Vertx vertx) throws Exception {
        FakeDiscord fake = new FakeDiscord(vertx);
        Patience.get(fake.server.listen(0, "127.0.0.1"));
        return fake;
    }

    /** The address of a webhook, as Discord's own pages show it. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/api/webhooks/1234/s3cr3t-token";
    }

    /** Gives these answers to the next requests, in this order. */
    public FakeDiscord next(Answer... more) {
        answers.addAll(List.of(more));
        return this;
    }

    /** Whether an answer asked for was not given yet. */
    public boolean hasNext() {
        return !answers.isEmpty();
    }

    /** Answers as it is again. */
    public void forgetNext() {
        answers.clear();
    }

    /** Refuses every message that has such an embed. */
    public FakeDiscord refusing(Predicate<JsonObject> embed) {
        refusedEmbed = embed;
        return this;
    }

    /** Lets this many messages through in each window. */
    public FakeDiscord limitedTo(int messages, Duration window) {
        bucket = new Bucket(messages, window);
        return this;
    }

    /** All requests so far, whatever became of them. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** The messages in the channel. */
    public List<JsonObject> accepted() {
        return List.copyOf(accepted);
    }

    /** The embeds in the channel, in their order. */
    public List<JsonObject> embeds() {
        return accepted.stream()
                .flatMap(message -> message.getJsonArray("embeds").stream())
                .map(JsonObject.class::cast)
                .toList();
    }

    @Override
    public void close() throws Exception {
        Patience.get(server.close());
    }

    private void take(HttpServerRequest request) {
        Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach(headers::put);
        request.body().onSuccess(body -> {
            JsonObject message = body.toJsonObject();
            received.add(new Received(request.uri(), headers, message, System.nanoTime()));
            Answer scripted = answers.poll();
            give(request.response(), message, scripted == null ? judge(message) : scripted);
        });
    }

    private void give(HttpServerResponse response, JsonObject message, Answer answer) {
        if (answer.status() == 0) {
            return;
        }
        if (answer.status() == 200) {
            accepted.add(message);
        }
        answer.headers().forEach(response::putHeader);
        response.setStatusCode(answer.status()).end(answer.body());
    }

    private Answer judge(JsonObject message) {
        if (!bucket.take()) {
            return Answer.rateLimited("1", bucket.resetAfter(), false);
        }
        List<String> violations = DiscordLimits.violations(message);
        JsonArray embeds = message.getJsonArray("embeds", new JsonArray());
        for (int i = 0; i < embeds.size(); i++) {
            if (refusedEmbed.test(embeds.getJsonObject(i))) {
                return invalidForm(i);
            }
        }
        return violations.isEmpty() ? Answer.taken(bucket.headers()) : invalidForm(0);
    }

    /** The form of https://docs.discord.com/developers/reference#error-messages. */
    private static Answer invalidForm(int embed) {
        JsonObject error = new JsonObject().put("code", "BASE_TYPE_BAD").put("message", "Not this: <payload>");
        JsonObject title = new JsonObject().put("title", new JsonObject().put("_errors", new JsonArray().add(error)));
        JsonObject errors = new JsonObject().put("embeds", new JsonObject().put(Integer.toString(embed), title));
        JsonObject body = new JsonObject()
                .put("code", 50035)
                .put("message", "Invalid Form Body")
                .put("errors", errors);
        return new Answer(400, Map.of(), body.encode());
    }

    /** A fixed window. Confined to the server's event loop. */
    private static final class Bucket {

        private final int limit;
        private final Duration window;
        private long start = System.nanoTime();
        private int used;

        Bucket(int limit, Duration window) {
            this.limit = limit;
            this.window = window;
        }

        boolean take() {
            if (System.nanoTime() - start >= window.toNanos()) {
                start = System.nanoTime();
                used = 0;
            }
            used++;
            return used <= limit;
        }

        double resetAfter() {
            return Math.max(0, start + window.toNanos() - System.nanoTime()) / 1e9;
        }

        Map<String, String> headers() {
            return Map.of(
                    "X-RateLimit-Bucket", "abcd",
                    "X-RateLimit-Limit", Integer.toString(limit),
                    "X-RateLimit-Remaining", Integer.toString(limit - used),
                    "X-RateLimit-Reset-After", String.format(java.util.Locale.ROOT, "%.3f", resetAfter()));
        }
    }
}
