package io.github.falcogateway.live;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Limit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Events as a file, written as fast as the client takes them. Confined to one request. */
final class Export {

    private static final int PAGE = 500;
    private static final int PAGE_BYTES = 1 << 20;

    private final HttpServerResponse response;
    private final boolean csv;
    private final Scan scan;

    Export(HttpServerResponse response, String format, Scan scan) {
        this.response = response;
        this.csv = format.equals("csv");
        this.scan = scan;
    }

    void run(long limit) {
        response.setChunked(true)
                .putHeader("Content-Type", csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson")
                .putHeader("Content-Disposition", "attachment; filename=\"falco-events." + (csv ? "csv" : "ndjson\""))
                .putHeader("Cache-Control", "no-store");
        if (csv) {
            response.write(Csv.line(
                    "id", "time", "received_at", "host", "priority", "rule", "source", "tags", "output", "fields"));
        }
        pages(limit);
    }

    private void pages(long left) {
        Buffer page = Buffer.buffer();
        int wanted = (int) Math.min(PAGE, left);
        int[] found = {0};
        scan.next(new Limit(wanted, PAGE_BYTES), event -> {
                    found[0]++;
                    add(event, page);
                })
                .compose(done -> page.length() == 0 ? Future.succeededFuture() : write(page))
                .onSuccess(done -> {
                    if (response.closed()) {
                        return;
                    }
                    if (found[0] == 0 || scan.isComplete() || left == found[0]) {
                        response.end();
                    } else {
                        pages(left - found[0]);
                    }
                })
                // A file that ends too early must not look whole: the connection breaks.
                .onFailure(failed -> response.reset());
    }

    private Future<Void> write(Buffer page) {
        response.write(page);
        return drained();
    }

    private Future<Void> drained() {
        if (!response.writeQueueFull()) {
            return Future.succeededFuture();
        }
        Promise<Void> drained = Promise.promise();
        response.drainHandler(done -> drained.tryComplete());
        response.closeHandler(closed -> drained.tryComplete());
        return drained.future();
    }

    private void add(JournaledEvent event, Buffer page) {
        if (csv) {
            page.appendString(line(event));
        } else {
            page.appendBytes(event.json()).appendByte((byte) '\n');
        }
    }

    private static String line(JournaledEvent journaled) {
        FalcoEvent event = journaled.event();
        JsonObject fields = new JsonObject();
        event.fields().forEach((name, value) -> fields.put(name, value.text()));
        return Csv.line(
                Long.toString(journaled.id()),
                event.time().toString(),
                event.arrival().toString(),
                event.host(),
                event.priority().label(),
                event.rule(),
                event.sourceName(),
                String.join(" ", event.tags()),
                event.output(),
                fields.encode());
    }
}
