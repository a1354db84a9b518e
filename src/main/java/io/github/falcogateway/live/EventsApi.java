package io.github.falcogateway.live;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Journal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of the journal as JSON, newest first; their text goes out byte for byte as it is kept. Thread-safe. */
final class EventsApi {

    private static final int PAGE = 500;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    /** One request reads no further than this; {@code next} says where to go on. */
    private static final int MAX_SCANNED = 100_000;

    private final Journal journal;

    EventsApi(Journal journal) {
        this.journal = journal;
    }

    void mount(Router router) {
        router.get("/api/events").handler(this::list);
        router.get("/api/events/:id").handler(this::one);
    }

    private void list(RoutingContext ctx) {
        Query query;
        Search search;
        try {
            Instant now = Instant.now();
            query = new Query(
                    Query.filter(ctx.request().getParam("filter")),
                    Query.time(ctx.request().getParam("since"), now),
                    Query.time(ctx.request().getParam("until"), now));
            long before = number(ctx, "before", Long.MAX_VALUE);
            search = new Search(query, before, (int) Math.min(MAX_LIMIT, number(ctx, "limit", DEFAULT_LIMIT)));
        } catch (RuntimeException bad) {
            Problem.send(ctx, 400, String.valueOf(bad.getMessage()));
            return;
        }
        search.run()
                .onSuccess(found -> ctx.response()
                        .putHeader("Content-Type", "application/json")
                        .end(found))
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

    private static long number(RoutingContext ctx, String name, long otherwise) {
        String text = ctx.request().getParam(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) == 0) {
            throw new IllegalArgumentException(name + " must be a number of at least 1");
        }
        return Long.parseLong(text);
    }

    /** One walk back through the journal. Confined to one request. */
    private final class Search {

        private final Query query;
        private final int limit;
        private final List<JournaledEvent> found = new ArrayList<>();
        private long before;
        private int scanned;
        private boolean ended;

        Search(Query query, long before, int limit) {
            this.query = query;
            this.before = before;
            this.limit = limit;
        }

        Future<Buffer> run() {
            if (ended || found.size() >= limit || scanned >= MAX_SCANNED) {
                return Future.succeededFuture(json());
            }
            return journal.readBefore(before, PAGE).compose(page -> {
                ended = page.isEmpty();
                for (JournaledEvent event : page) {
                    if (ended || found.size() >= limit) {
                        break;
                    }
                    take(event);
                }
                return run();
            });
        }

        private void take(JournaledEvent event) {
            before = event.id();
            scanned++;
            if (query.endsAt(event)) {
                ended = true;
            } else if (query.takes(event)) {
                found.add(event);
            }
        }

        private Buffer json() {
            Buffer json = Buffer.buffer("{\"events\":[");
            for (int i = 0; i < found.size(); i++) {
                json.appendString(i == 0 ? "" : ",").appendBytes(found.get(i).json());
            }
            @Nullable String next = ended ? null : Long.toString(before);
            json.appendString("],\"next\":").appendString(next == null ? "null" : "\"" + next + "\"");
            return json.appendString(",\"scanned\":" + scanned + "}");
        }
    }
}
