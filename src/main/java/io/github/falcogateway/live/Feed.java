package io.github.falcogateway.live;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.filter.FilterException;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.JournalState;
import io.github.falcogateway.telemetry.FeedMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The live streams of one event loop, as Server-Sent Events. Confined to that loop.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML: server-sent events</a>
 */
final class Feed {

    private static final long BEAT_MS = 15_000;
    private static final long STALL_NANOS = 30_000_000_000L;
    private static final int MAX_STREAMS = 500;

    private final Vertx vertx;
    private final Journal journal;
    private final FeedMeters meters;
    private final Set<Stream> streams = new LinkedHashSet<>();

    Feed(Vertx vertx, Journal journal, FeedMeters meters) {
        this.vertx = vertx;
        this.journal = journal;
        this.meters = meters;
    }

    /** Begins to listen to the journal, on the caller's event loop. */
    Future<?> start() {
        vertx.setPeriodic(BEAT_MS, timer -> beat());
        return new Channel<>(vertx, Addresses.JOURNAL_APPENDED, Appended.class)
                .consume(appended -> Set.copyOf(streams).forEach(stream -> stream.offer(appended)));
    }

    /** Ends every stream; the clients come again with the place they had. */
    void stop() {
        Set.copyOf(streams).forEach(Stream::end);
    }

    void mount(Router router) {
        router.get("/api/stream").handler(this::open);
    }

    private void open(RoutingContext ctx) {
        String asked = ctx.request().getHeader("Last-Event-ID");
        if (asked == null || asked.isBlank()) {
            asked = ctx.request().getParam("since");
        }
        boolean resuming = asked != null && !asked.isBlank();
        if (!resuming && streams.size() >= MAX_STREAMS) {
            ctx.response().putHeader("Retry-After", "30");
            Problem.send(ctx, 429, "too many live streams are open");
            return;
        }
        Filter filter;
        try {
            filter = Query.filter(ctx.request().getParam("filter"));
        } catch (FilterException bad) {
            refuse(ctx, resuming, bad.getMessage() + " (at character " + bad.at() + ")");
            return;
        } catch (IllegalArgumentException bad) {
            refuse(ctx, resuming, String.valueOf(bad.getMessage()));
            return;
        }
        long latest = journal.state().lastId();
        Timeline.place(journal, asked, latest)
                .onSuccess(place -> begin(ctx.response(), filter, place))
                .onFailure(unknown -> begin(ctx.response(), filter, -1));
    }

    /** Any answer but 200 ends a client that resumes for good: it is told inside the stream. */
    private static void refuse(RoutingContext ctx, boolean resuming, @Nullable String detail) {
        if (!resuming) {
            Problem.send(ctx, 400, String.valueOf(detail));
            return;
        }
        head(ctx.response())
                .end("event: error\ndata: "
                        + new JsonObject().put("detail", detail).encode() + "\n\n");
    }

    private static HttpServerResponse head(HttpServerResponse response) {
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("Cache-Control", "no-cache, no-transform")
                .putHeader("X-Accel-Buffering", "no");
        // The head leaves with the first byte of the body: a client that waits for it must get one now.
        response.write(": connected\nretry: 3000\n\n");
        return response;
    }

    /**
     * Begins a stream.
     *
     * @param place the place asked for; -1 where it cannot be known
     */
    private void begin(HttpServerResponse response, @Nullable Filter filter, long place) {
        if (response.closed()) {
            return;
        }
        JournalState state = journal.state();
        boolean unknown = place < 0 || place > state.lastId();
        boolean gap = unknown || place < state.firstId() - 1;
        JsonObject hello = new JsonObject()
                .put("oldest", Long.toString(state.firstId()))
                .put("latest", Long.toString(state.lastId()))
                .put("gap", gap);
        head(response).write("event: hello\ndata: " + hello.encode() + "\n\n");
        Stream stream = new Stream(journal, response, filter, unknown ? state.lastId() : place);
        streams.add(stream);
        meters.opened();
        response.closeHandler(closed -> {
            if (streams.remove(stream)) {
                meters.closed();
            }
        });
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
