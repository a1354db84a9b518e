package io.github.falcogateway.live;

import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.journal.Journal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream: a place in the journal that moves as fast as the client reads. While it keeps up it is fed from
 * the bus, else from the journal; nothing piles up for it here. Confined to one event loop.
 */
final class Stream {

    private static final int PAGE = 200;
    private static final int QUEUE_BYTES = 256 * 1024;

    private final Journal journal;
    private final HttpServerResponse response;
    private final @Nullable Filter filter;
    private long position;
    private boolean behind = true;
    private boolean reading;
    private long fullSince;

    /**
     * A stream.
     *
     * @param position the place after which it begins
     */
    Stream(Journal journal, HttpServerResponse response, @Nullable Filter filter, long position) {
        this.journal = journal;
        this.response = response;
        this.filter = filter;
        this.position = position;
        response.setWriteQueueMaxSize(QUEUE_BYTES);
        response.drainHandler(drained -> {
            fullSince = 0;
            catchUp();
        });
    }

    /** Sends what came in just now, or leaves it to the journal. */
    void offer(Appended appended) {
        if (behind || response.writeQueueFull() || appended.firstId() > position + 1) {
            behind = true;
            catchUp();
            return;
        }
        send(appended.events());
    }

    /** Reads on from the journal until the client is level or has enough to do. */
    void catchUp() {
        if (reading || !behind || full() || response.closed()) {
            return;
        }
        reading = true;
        journal.readAfter(position, PAGE).onComplete(page -> {
            reading = false;
            if (page.failed() || response.closed()) {
                return;
            }
            if (page.result().isEmpty()) {
                behind = journal.state().lastId() > position;
                return;
            }
            send(page.result());
            catchUp();
        });
    }

    /** A comment, so that proxies and clients know that it lives. */
    void beat() {
        if (!response.closed() && !full()) {
            response.write(":\n\n");
        }
    }

    /** Whether the client has taken nothing for this long. */
    boolean stalled(long nanos) {
        return fullSince != 0 && System.nanoTime() - fullSince > nanos;
    }

    void end() {
        if (!response.closed() && !response.ended()) {
            response.end();
        }
    }

    void cut() {
        response.reset();
    }

    private boolean full() {
        if (!response.writeQueueFull()) {
            return false;
        }
        fullSince = fullSince == 0 ? System.nanoTime() : fullSince;
        return true;
    }

    private void send(List<JournaledEvent> events) {
        Buffer out = Buffer.buffer();
        for (JournaledEvent event : events) {
            if (event.id() <= position) {
                continue;
            }
            if (out.length() > QUEUE_BYTES) {
                behind = true;
                break;
            }
            position = event.id();
            if (filter == null || filter.test(event.event())) {
                out.appendString("id: " + event.id() + "\nevent: falco\ndata: ")
                        .appendBytes(event.json())
                        .appendString("\n\n");
            }
        }
        if (out.length() > 0) {
            response.write(out);
            full();
        }
    }
}
