package io.github.falcogateway.live;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Journal;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * One client's stream: a place in the journal that moves as fast as the client reads. While it keeps up it is fed by the
 * broadcast, else from the journal; nothing piles up for it here. Confined to one event loop.
 */
final class Stream {

    private static final int QUEUE_BYTES = 64 * 1024;

    private final Journal journal;
    private final Replay replay;
    private final Context loop;
    private final HttpServerResponse response;
    private final Body body;
    private final Audience audience;
    private final Room room;
    private int queue;
    private long position;
    /** The end of the newest flush. It reads no further: only where one ends can it go on with the next one as it is. */
    private long flushed;

    private long told;
    private boolean behind = true;
    private boolean reading;
    private boolean asking;
    /** Bytes of the large event whose turn it is; 0 for none. */
    private int turn;

    private long fullSince;
    private Runnable ended = () -> {};

    /**
     * A stream.
     *
     * @param position the place after which it begins
     */
    Stream(Feed.Sources from, Body body, Audience audience, long position) {
        this.journal = from.journal();
        this.replay = from.replay();
        this.loop = from.loop();
        this.response = body.response();
        this.body = body;
        this.room = from.room();
        this.audience = audience;
        this.position = position;
        this.told = position;
        // What came before this stream did may be in no flush.
        this.flushed = journal.lastId();
        fit();
        response.drainHandler(drained -> {
            fullSince = 0;
            catchUp();
        });
    }

    /** Calls back when the stream ends here; the client's end of it is the response's to tell. */
    void onEnd(Runnable listener) {
        ended = listener;
    }

    /** Sends what came in just now, or leaves it to the journal. */
    void offer(Flush flush) {
        behind &= position < flushed;
        flushed = Math.max(flushed, flush.lastId());
        if (flush.lastId() <= position) {
            return;
        }
        Audience.Share share = flush.shares().get(audience);
        boolean whole = flush.firstId() == position + 1;
        // What is large for a thousand streams is read from the journal, bit by bit.
        boolean large =
                share != null && (whole ? !body.fits(share) : share.frames().isEmpty());
        if (behind || full() || large || flush.firstId() > position + 1) {
            behind = true;
            catchUp();
            return;
        }
        if (share != null && whole) {
            body.write(share);
            wrote(share.lastId());
        } else if (share != null) {
            // Some of it was read from the journal already.
            for (Frame frame : share.frames()) {
                if (frame.id() > position) {
                    write(frame.text(), frame.id());
                }
            }
        }
        position = flush.lastId();
    }

    /** Reads on from the journal until the client is level or has enough to do. */
    void catchUp() {
        behind &= position < flushed;
        if (reading || asking || !behind || full() || response.closed()) {
            return;
        }
        reading = true;
        fit();
        replay.after(position).onComplete(page -> {
            if (Vertx.currentContext() == loop) {
                arrived(page);
            } else {
                loop.runOnContext(here -> arrived(page));
            }
        });
    }

    private void arrived(AsyncResult<List<JournaledEvent>> page) {
        reading = false;
        if (page.succeeded() && !response.closed() && take(page.result())) {
            loop.runOnContext(again -> catchUp());
        }
        endTurn();
    }

    /** Takes what the journal has next; whether there may be more. */
    private boolean take(List<JournaledEvent> events) {
        if (events.isEmpty()) {
            return false;
        }
        if (events.get(0).id() > position + 1 && journal.state().firstId() > position + 1) {
            // Retention was faster than the client: when it comes again it is told of the gap.
            end();
            return false;
        }
        send(events);
        return true;
    }

    private void send(List<JournaledEvent> events) {
        int most = queue / 2;
        Buffer out = null;
        long last = 0;
        for (JournaledEvent event : events) {
            if (event.id() <= position) {
                continue;
            }
            if (event.id() > flushed) {
                position = flushed;
                break;
            }
            if (out != null && out.length() > most) {
                break;
            }
            boolean wanted = audience.takes(event.event());
            if (wanted && event.json().length > room.each()) {
                if (out == null) {
                    sendInTurn(event);
                }
                break;
            }
            position = event.id();
            if (wanted) {
                out = out == null ? Buffer.buffer(most) : out;
                out.appendBuffer(replay.frame(event).text());
                last = event.id();
            }
        }
        if (out != null) {
            write(out, last);
        }
    }

    /** What is larger than the share of a stream goes to a few at a time: each has it on its way into the socket. */
    private void sendInTurn(JournaledEvent event) {
        int bytes = event.json().length;
        if (turn == bytes) {
            turn = 0;
            position = event.id();
            write(replay.frame(event).text(), position)
                    .onComplete(gone -> room.turns().end(bytes));
        } else {
            asking = true;
            // Without the event: it is read again.
            room.turns().ask(bytes, () -> loop.runOnContext(now -> begin(bytes)));
        }
    }

    private void begin(int bytes) {
        asking = false;
        turn = bytes;
        catchUp();
        if (!reading) {
            endTurn();
        }
    }

    /** Whatever became of the event that it was for. */
    private void endTurn() {
        if (turn > 0) {
            room.turns().end(turn);
            turn = 0;
        }
    }

    /** A comment, so that proxies and clients know that it lives; with the place where it has moved on silently. */
    void beat() {
        if (response.closed() || full()) {
            return;
        }
        boolean silent = !behind && !audience.isEverything() && position > told;
        body.write(silent ? ":\nid: " + position + "\n\n" : ":\n\n");
        told = silent ? position : told;
    }

    /** Whether the client has taken nothing for this long. */
    boolean stalled(long nanos) {
        return fullSince != 0 && System.nanoTime() - fullSince > nanos;
    }

    /** Ends it in good order; the client comes again with its place, soon. */
    void end() {
        ended.run();
        if (!response.closed() && !response.ended()) {
            body.end(": the gateway stops\nretry: 1000\n\n");
        }
    }

    void cut() {
        body.cut();
    }

    private Future<Void> write(Buffer text, long lastId) {
        Future<Void> written = body.write(text);
        wrote(lastId);
        return written;
    }

    private void wrote(long lastId) {
        told = lastId;
        full();
    }

    /** Takes as much room as there is for each now. */
    private void fit() {
        int fitting = Math.min(QUEUE_BYTES, room.each());
        if (fitting != queue) {
            queue = fitting;
            response.setWriteQueueMaxSize(fitting);
        }
    }

    private boolean full() {
        if (!response.writeQueueFull()) {
            return false;
        }
        fullSince = fullSince == 0 ? System.nanoTime() : fullSince;
        return true;
    }
}
