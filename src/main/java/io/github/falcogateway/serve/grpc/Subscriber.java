package io.github.falcogateway.serve.grpc;

import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.telemetry.SubscriberMeters;
import io.github.falcogateway.wire.outputs.request;
import io.github.falcogateway.wire.outputs.response;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * One call that is being answered: a place in the journal that moves as fast as the client reads. Nothing piles up for
 * it here. Confined to one event loop.
 */
final class Subscriber {

    private static final int QUEUE_BYTES = 64 * 1024;
    /** What the client has no room for is read again. */
    private static final Limit PAGE = new Limit(200, 2 * QUEUE_BYTES);

    /** What the calls of one server share. */
    record Shared(Journal journal, Responses responses, SubscriberMeters meters) {}

    private final Shared shared;
    private final GrpcServerResponse<request, response> answer;
    private final long until;
    private final LongConsumer complete;
    private Runnable ended = () -> {};
    private long position;
    private boolean reading;
    private boolean over;

    /**
     * An answer.
     *
     * @param position the place after which it begins
     * @param until the last place of it; {@link Long#MAX_VALUE} for an answer without end
     * @param complete told the last place when all was written
     */
    Subscriber(
            Shared shared,
            GrpcServerResponse<request, response> answer,
            long position,
            long until,
            LongConsumer complete) {
        this.shared = shared;
        this.answer = answer;
        this.position = position;
        this.until = until;
        this.complete = complete;
        answer.setWriteQueueMaxSize(QUEUE_BYTES);
        answer.drainHandler(drained -> catchUp());
    }

    /** Calls back when it is answered to its end; that the client went is the call's to tell. */
    void onEnd(Runnable listener) {
        ended = listener;
    }

    /** Sends what came in just now, where it follows on what is sent; else the journal has it. */
    void offer(Appended appended) {
        if (!reading && !over && appended.firstId() <= position + 1 && appended.lastId() > position) {
            // Some of it may have been read from the journal already.
            int known = (int) (position + 1 - appended.firstId());
            send(appended.events().subList(known, appended.events().size()));
        }
        catchUp();
    }

    /** Reads on until the client is level or has enough to do. */
    void catchUp() {
        if (reading || over || answer.writeQueueFull()) {
            return;
        }
        if (position >= until) {
            complete.accept(position);
            finish(GrpcStatus.OK);
            return;
        }
        if (position >= shared.journal().lastId()) {
            return;
        }
        reading = true;
        shared.journal().readAfter(position, PAGE).onComplete(page -> {
            reading = false;
            if (over) {
                return;
            }
            if (page.failed()) {
                finish(GrpcStatus.UNAVAILABLE);
                return;
            }
            if (!page.result().isEmpty()) {
                shared.meters().missed(shared.journal().state().firstId() - position - 1);
                send(page.result());
                catchUp();
            } else if (until != Long.MAX_VALUE) {
                // What was there a moment ago is gone: the answer ends where the journal does.
                position = until;
                catchUp();
            }
        });
    }

    /** Ends the answer with a status. */
    void finish(GrpcStatus status) {
        if (!over) {
            over = true;
            answer.status(status).end();
            ended.run();
        }
    }

    /** The client is gone. */
    void gone() {
        over = true;
    }

    private void send(List<JournaledEvent> events) {
        int sent = 0;
        for (JournaledEvent event : events) {
            if (event.id() <= position) {
                continue;
            }
            if (event.id() > until) {
                position = until;
                break;
            }
            if (answer.writeQueueFull()) {
                break;
            }
            position = event.id();
            answer.write(shared.responses().of(event));
            sent++;
        }
        shared.meters().sent(sent);
    }
}
