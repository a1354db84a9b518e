package io.github.falcogateway.ingest.grpc;

import io.github.falcogateway.event.RejectReason;
import io.github.falcogateway.event.Rejection;
import io.github.falcogateway.wire.outputs.request;
import io.github.falcogateway.wire.outputs.response;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.client.InvalidStatusException;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a Falco, from the dial until it fails; nothing of it is used again. A Falco that is silent is asked
 * for its version: it is the one thing that it always answers. Confined to one event loop.
 */
final class Link {

    /** Who is told of a connection. */
    interface Owner {

        /** It stands; the version is empty where Falco tells none. */
        void up(String version);

        /** It is over. */
        void down(String reason);
    }

    private final Vertx vertx;
    private final SourceOptions options;
    private final Inflow inflow;
    private final Owner owner;
    private final GrpcClient client;
    private final Drain drain;
    private @Nullable HttpConnection connection;
    private @Nullable GrpcClientRequest<request, response> current;
    private Runnable flow = () -> {};
    private long pollTimer = -1;
    private long healthTimer = -1;
    private long heard = System.nanoTime();
    private long lastMessage;
    private boolean probing;
    private boolean expecting;
    private boolean over;

    Link(Vertx vertx, SourceOptions options, Inflow inflow, Owner owner) {
        this.vertx = vertx;
        this.options = options;
        this.inflow = inflow;
        this.owner = owner;
        this.client = Transport.client(vertx, options);
        this.drain = options.mode() == SourceOptions.Mode.SUB ? new SubDrain(this) : new GetDrain(this);
    }

    /** Dials, asks who is there, and begins to drain. */
    void open() {
        version().onFailure(this::fail).onSuccess(version -> {
            if (over) {
                return;
            }
            heard = System.nanoTime();
            owner.up(version);
            long every = Math.max(1, options.pace().poll().toMillis());
            pollTimer = vertx.setPeriodic(every, timer -> drain.poll());
            healthTimer = vertx.setPeriodic(Math.max(1, timeout().toMillis() / 4), timer -> checkHealth());
            drain.start();
        });
    }

    /** Asks for nothing more. */
    void finish() {
        drain.finish();
    }

    /**
     * Done when everything is here that Falco had sent before it heard of this: a connection keeps the order. Fails where it
     * is not echoed within the time-out.
     */
    Future<?> echo() {
        HttpConnection open = connection;
        return open == null || over
                ? Future.failedFuture("there is no connection")
                : open.ping(Buffer.buffer(new byte[8])).timeout(timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends it without a word. */
    void close() {
        over = true;
        vertx.cancelTimer(pollTimer);
        vertx.cancelTimer(healthTimer);
        client.close();
    }

    Inflow inflow() {
        return inflow;
    }

    Duration timeout() {
        return options.pace().timeout();
    }

    /** How long no event has come, counted from a moment at the earliest. */
    Duration sinceMessage(long from) {
        return Duration.ofNanos(System.nanoTime() - (lastMessage == 0 ? from : Math.max(from, lastMessage)));
    }

    /** When the last event came, by {@link System#nanoTime}; 0 where none did. */
    long lastMessage() {
        return lastMessage;
    }

    /** Whether any event came. */
    boolean brought() {
        return lastMessage != 0;
    }

    /** Whether Falco owes an answer, so that its silence is a failure by itself. */
    void expectAnswer(boolean owed) {
        expecting = owed;
        heard = System.nanoTime();
    }

    /**
     * Opens a call; where it fails, the connection has failed.
     *
     * @param ended told when Falco has ended it well
     */
    void call(
            ServiceMethod<response, request> method,
            Consumer<GrpcClientRequest<request, response>> opened,
            Runnable ended) {
        if (over) {
            return;
        }
        Transport.call(client, options.address(), method).onFailure(this::fail).onSuccess(call -> {
            if (over) {
                return;
            }
            current = call;
            call.exceptionHandler(failure -> failed(call, failure));
            call.response()
                    .onFailure(failure -> failed(call, failure))
                    .onSuccess(answer -> listen(call, answer, ended));
            opened.accept(call);
        });
    }

    /** Gives a call up. */
    void abandon(GrpcClientRequest<request, response> call) {
        current = null;
        call.cancel();
    }

    private void failed(GrpcClientRequest<request, response> call, Throwable failure) {
        if (current == call) {
            fail(failure);
        }
    }

    /** Takes a call's events as fast as the journal does. */
    private void listen(
            GrpcClientRequest<request, response> call, GrpcClientResponse<request, response> answer, Runnable ended) {
        answer.messageHandler(message -> {
            message(message);
            if (inflow.isFull()) {
                answer.pause();
            }
        });
        answer.invalidMessageHandler(tooLarge -> inflow.reject(new Rejection(
                0,
                RejectReason.TOO_LARGE,
                "the event is larger than limits.body, " + options.maxMessage() + " bytes",
                new byte[0])));
        answer.exceptionHandler(failure -> failed(call, failure));
        answer.errorHandler(error -> {
            if (current == call) {
                fail("Falco reset the call: " + error);
            }
        });
        answer.endHandler(end -> {
            if (current != call) {
                return;
            }
            if (answer.status() == GrpcStatus.OK) {
                ended.run();
            } else {
                fail("Falco ended the call: " + answer.status());
            }
        });
        flow = answer::resume;
        inflow.onRoom(() -> {
            heard = System.nanoTime();
            if (!inflow.isFull()) {
                answer.resume();
            }
        });
        if (inflow.isFull()) {
            answer.pause();
        }
    }

    void fail(Throwable reason) {
        fail(
                reason instanceof InvalidStatusException status
                        ? "Falco answered " + status.actualStatus()
                        : Transport.text(reason));
    }

    void fail(String reason) {
        if (!over) {
            // What has arrived and waits behind a pause is taken: Falco has forgotten it.
            flow.run();
            close();
            owner.down(reason);
        }
    }

    private void message(GrpcMessage message) {
        heard = System.nanoTime();
        lastMessage = heard;
        byte[] bytes = Transport.plain(message, options.maxMessage());
        if (bytes == null) {
            inflow.reject(new Rejection(
                    0,
                    RejectReason.BAD_COMPRESSION,
                    "the message is not compressed as it says",
                    message.payload().getBytes()));
        } else {
            inflow.take(bytes);
        }
    }

    private Future<String> version() {
        return Transport.call(client, options.address(), io.github.falcogateway.wire.version.serviceGrpcClient.version)
                .compose(call -> {
                    connection = call.connection();
                    Transport.readToTheEnd(call.connection());
                    if (call.connection().remoteAddress() != null) {
                        inflow.from(Transport.host(call.connection().remoteAddress()));
                    }
                    return call.send(io.github.falcogateway.wire.version.request.getDefaultInstance());
                })
                .compose(answer -> answer.last())
                .map(answer -> answer.getVersion())
                .recover(Link::withoutVersion)
                .timeout(timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A server that knows no such call is there all the same. */
    private static Future<String> withoutVersion(Throwable failure) {
        return failure instanceof InvalidStatusException status && status.actualStatus() == GrpcStatus.UNIMPLEMENTED
                ? Future.succeededFuture("")
                : Future.failedFuture(failure);
    }

    private void checkHealth() {
        if (inflow.isFull()) {
            // It is us who do not listen.
            heard = System.nanoTime();
            return;
        }
        long silence = System.nanoTime() - heard;
        if (silence < timeout().toNanos() || probing) {
            return;
        }
        if (expecting) {
            fail("no answer for " + timeout().toMillis() + " ms");
            return;
        }
        probing = true;
        version().onComplete(answer -> {
            probing = false;
            heard = System.nanoTime();
            if (answer.failed() && !inflow.isFull()) {
                fail("silent for " + TimeUnit.NANOSECONDS.toMillis(silence) + " ms and then: "
                        + Transport.text(answer.cause()));
            }
        });
    }
}
