package io.github.falcogateway.live;

import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.JournalState;
import io.github.falcogateway.telemetry.FeedMeters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The live streams of one event loop, as Server-Sent Events. Confined to that loop.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML: server-sent events</a>
 */
final class Feed {

    private static final long BEAT_MS = 15_000;
    private static final long STALL_NANOS = 30_000_000_000L;
    private static final int MAX_STREAMS = 5000;
    private static final int RETRY_MS = 3000;
    private static final int LATER_MS = 30_000;
    /** Named, and not with q=0. */
    private static final Pattern GZIP =
            Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))", Pattern.CASE_INSENSITIVE);

    /** What every stream of a loop reads from. */
    record Sources(Journal journal, Replay replay, Context loop, Room room) {}

    private final Vertx vertx;
    private final Journal journal;
    private final Broadcast broadcast;
    private final Replay replay;
    private final FeedMeters meters;
    private final Set<Stream> streams = new LinkedHashSet<>();
    private @Nullable Sources sources;

    Feed(Vertx vertx, Journal journal, Broadcast broadcast, FeedMeters meters) {
        this.vertx = vertx;
        this.journal = journal;
        this.broadcast = broadcast;
        this.replay = new Replay(journal);
        this.meters = meters;
    }

    /** Begins to listen, on the caller's event loop. */
    void start() {
        Context loop = vertx.getOrCreateContext();
        sources = new Sources(journal, replay, loop, broadcast.room());
        vertx.setPeriodic(BEAT_MS, timer -> beat());
        broadcast.listen(loop, flush -> Set.copyOf(streams).forEach(stream -> stream.offer(flush)));
    }

    /** Ends every stream; the clients come again with the place they had. */
    void stop() {
        Set.copyOf(streams).forEach(Stream::end);
    }

    void mount(Router router) {
        router.get("/api/stream").handler(this::open);
    }

    private void open(RoutingContext ctx) {
        String id = ctx.request().getHeader("Last-Event-ID");
        if (id == null || id.isBlank()) {
            id = ctx.request().getParam("after", "");
        }
        String since = ctx.request().getParam("since", "");
        boolean resuming = !id.isBlank() || !since.isBlank();
        Filter filter;
        try {
            filter = Params.filter(ctx);
        } catch (IllegalArgumentException bad) {
            if (resuming) {
                refuse(ctx.request(), Problem.described(bad));
            } else {
                Problem.bad(ctx, bad);
            }
            return;
        }
        if (broadcast.streams() >= MAX_STREAMS) {
            tooMany(ctx, resuming);
            return;
        }
        (id.isBlank() ? Timeline.place(journal, since, journal.state().lastId()) : Timeline.place(id))
                .onSuccess(place -> begin(ctx, filter, place))
                .onFailure(unknown -> begin(ctx, filter, -1));
    }

    private static void tooMany(RoutingContext ctx, boolean resuming) {
        String why = "too many live streams are open";
        if (resuming) {
            refuse(ctx.request(), new JsonObject().put("detail", why).put("retry_after", LATER_MS / 1000));
        } else {
            ctx.response().putHeader("Retry-After", Integer.toString(LATER_MS / 1000));
            Problem.send(ctx, 429, why);
        }
    }

    /** Any answer but 200 ends a client that resumes for good: it is told inside the stream, and comes again later. */
    private static void refuse(HttpServerRequest request, JsonObject why) {
        new Body(head(request), false, greeting(LATER_MS)).end("event: error\ndata: " + why.encode() + "\n\n");
    }

    private static HttpServerRequest head(HttpServerRequest request) {
        request.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("Cache-Control", "no-cache, no-transform")
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("X-Accel-Buffering", "no");
        return request;
    }

    private static String greeting(int retryMs) {
        return ": connected\nretry: " + retryMs + "\n\n";
    }

    /**
     * Begins a stream.
     *
     * @param place the place asked for; -1 where it cannot be known
     */
    private void begin(RoutingContext ctx, @Nullable Filter filter, long place) {
        HttpServerResponse response = ctx.response();
        Sources from = sources;
        if (response.closed() || from == null) {
            return;
        }
        JournalState state = journal.state();
        boolean unknown = place < 0 || place > state.lastId();
        boolean gap = unknown || place < state.firstId() - 1;
        JsonObject hello = new JsonObject()
                .put("oldest", Long.toString(state.firstId()))
                .put("latest", Long.toString(state.lastId()))
                .put("gap", gap);
        // A proxy may have made several lines of it.
        String encodings = String.join(",", ctx.request().headers().getAll("Accept-Encoding"));
        boolean gzip = GZIP.matcher(encodings).find();
        Body body = new Body(
                head(ctx.request()), gzip, greeting(RETRY_MS) + "event: hello\ndata: " + hello.encode() + "\n\n");
        if (response.closed()) {
            return;
        }
        long start = unknown ? state.lastId() : Math.max(place, state.firstId() - 1);
        Stream stream = new Stream(from, body, broadcast.join(filter, gzip), start);
        streams.add(stream);
        meters.opened();
        Runnable ended = () -> {
            if (streams.remove(stream)) {
                broadcast.leave(filter, gzip);
                meters.closed();
            }
        };
        stream.onEnd(ended);
        response.closeHandler(closed -> ended.run());
        stream.catchUp();
    }

    private void beat() {
        for (Stream stream : Set.copyOf(streams)) {
            if (stream.stalled(STALL_NANOS)) {
                meters.dropped();
                stream.cut();
            } else {
                stream.beat();
            }
        }
    }
}
