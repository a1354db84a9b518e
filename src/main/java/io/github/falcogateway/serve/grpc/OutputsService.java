package io.github.falcogateway.serve.grpc;

import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.telemetry.SubscriberMeters;
import io.github.falcogateway.wire.outputs.request;
import io.github.falcogateway.wire.outputs.response;
import io.github.falcogateway.wire.outputs.serviceGrpcService;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Falco's {@code falco.outputs.service}: {@code sub} gives every event from its beginning on and needs no asking,
 * {@code get} what came since the caller's last one. Confined to one event loop.
 */
final class OutputsService {

    private static final int MAX_CALLS = 1000;

    private final Subscriber.Shared shared;
    private final Callers callers;
    private final Set<Subscriber> open = new LinkedHashSet<>();

    OutputsService(Journal journal, Responses responses, SubscriberMeters meters, Callers callers) {
        this.shared = new Subscriber.Shared(journal, responses, meters);
        this.callers = callers;
    }

    void bind(GrpcServer server) {
        server.callHandler(serviceGrpcService.sub, this::sub);
        server.callHandler(serviceGrpcService.get, this::get);
    }

    /** Hands on what was just journaled. */
    void offer(Appended appended) {
        Set.copyOf(open).forEach(subscriber -> subscriber.offer(appended));
    }

    /** Ends every call, so that its client comes again. */
    void end() {
        Set.copyOf(open).forEach(subscriber -> subscriber.finish(GrpcStatus.UNAVAILABLE));
    }

    private void sub(GrpcServerRequest<request, response> call) {
        // Falco's clients ask again and again; here that says no more than that they are there.
        call.handler(asked -> {});
        begin(call, shared.journal().lastId(), Long.MAX_VALUE, end -> {});
    }

    private void get(GrpcServerRequest<request, response> call) {
        long last = shared.journal().lastId();
        long from = callers.place(call, last);
        call.handler(asked -> begin(call, from, Math.max(from, last), end -> callers.moved(call, end)));
    }

    private void begin(GrpcServerRequest<request, response> call, long from, long until, LongConsumer complete) {
        if (open.size() >= MAX_CALLS) {
            call.response()
                    .status(GrpcStatus.RESOURCE_EXHAUSTED)
                    .statusMessage("too many calls are open")
                    .end();
            return;
        }
        Subscriber subscriber = new Subscriber(shared, call.response(), from, until, complete);
        open.add(subscriber);
        shared.meters().opened();
        call.exceptionHandler(gone -> close(subscriber));
        call.errorHandler(gone -> close(subscriber));
        call.response().exceptionHandler(gone -> close(subscriber));
        subscriber.onEnd(() -> close(subscriber));
        // The client sees by the head that it is subscribed.
        call.response().writeHead();
        subscriber.catchUp();
    }

    private void close(Subscriber subscriber) {
        if (open.remove(subscriber)) {
            shared.meters().closed();
            subscriber.gone();
        }
    }
}
