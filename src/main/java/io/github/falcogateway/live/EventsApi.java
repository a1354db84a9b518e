package io.github.falcogateway.live;

import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.Limit;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Events of the journal as JSON, newest first; their text goes out byte for byte as it is kept. Thread-safe. */
final class EventsApi {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    /** One answer ends with the event that comes to this; {@code next} says where to go on. */
    private static final int MAX_BYTES = 4 << 20;
    /** One request reads no further than this; {@code next} says where to go on. */
    private static final int MAX_READ = 100_000;

    private final Journal journal;

    EventsApi(Journal journal) {
        this.journal = journal;
    }

    void mount(Router router) {
        router.get("/api/events").handler(this::list);
        router.get("/api/events/:id").handler(this::one);
    }

    private void list(RoutingContext ctx) {
        try {
            Query query = Params.query(ctx);
            long before = Params.number(ctx, "before", Long.MAX_VALUE);
            String format = Params.format(ctx, "ndjson", "csv");
            if (format.equals("json")) {
                int limit = (int) Math.min(MAX_LIMIT, Params.number(ctx, "limit", DEFAULT_LIMIT));
                page(ctx, new Scan(journal.history(), query, before, MAX_READ), limit);
            } else {
                long limit = Params.number(ctx, "limit", Integer.MAX_VALUE);
                Scan scan = new Scan(journal.history(), query, before, Integer.MAX_VALUE);
                new Export(ctx.response(), format, scan).run(limit);
            }
        } catch (IllegalArgumentException bad) {
            Problem.bad(ctx, bad);
        }
    }

    private static void page(RoutingContext ctx, Scan scan, int limit) {
        Buffer json = Buffer.buffer("{\"events\":[");
        int empty = json.length();
        scan.next(
                        new Limit(limit, MAX_BYTES),
                        event -> json.appendString(json.length() == empty ? "" : ",")
                                .appendBytes(event.json()))
                .onSuccess(done -> {
                    String next = scan.isComplete() ? "null" : "\"" + scan.before() + "\"";
                    ctx.response()
                            .putHeader("Content-Type", "application/json")
                            .putHeader("Cache-Control", "no-store")
                            .end(json.appendString("],\"next\":" + next + ",\"scanned\":" + scan.read() + "}"));
                })
                .onFailure(ctx::fail);
    }

    private void one(RoutingContext ctx) {
        String text = ctx.pathParam("id");
        if (!text.matches("\\d{1,18}")) {
            Problem.send(ctx, 404, "an event's id is a number");
            return;
        }
        journal.find(Long.parseLong(text))
                .onSuccess(event -> {
                    if (event == null) {
                        Problem.send(ctx, 404, "no event " + text + " in the journal");
                    } else {
                        ctx.response()
                                .putHeader("Content-Type", "application/json")
                                .end(Buffer.buffer(event.json()));
                    }
                })
                .onFailure(ctx::fail);
    }
}
