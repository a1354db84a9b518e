package io.github.falcogateway.testing;

import com.google.protobuf.Timestamp;
import io.github.falcogateway.wire.outputs.request;
import io.github.falcogateway.wire.outputs.response;
import io.github.falcogateway.wire.outputs.serviceGrpcService;
import io.github.falcogateway.wire.schema.priority;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gRPC server with the rhythm of Falco 0.24 to 0.43: one queue that clients compete for, {@code sub} drains it at each
 * request and never by itself, {@code get} drains it and ends, what was taken out is forgotten. The queue outlives a
 * server that is stopped and started again. Thread-safe.
 */
public final class FakeFalco implements AutoCloseable {

    private final Vertx vertx;
    private final Queue<response> queue = new ConcurrentLinkedQueue<>();
    private final List<response> handedOver = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger breakAfter = new AtomicInteger(Integer.MAX_VALUE);
    private volatile boolean deaf;
    private volatile boolean knowsVersion = true;
    private volatile SocketAddress address;
    private volatile HttpServerOptions options = new HttpServerOptions();
    private volatile HttpServer server;

    private FakeFalco(SocketAddress address) {
        this.vertx = Vertx.vertx();
        this.address = address;
    }

    /** One at a unix socket, not started. */
    public static FakeFalco at(Path socket) {
        return new FakeFalco(SocketAddress.domainSocketAddress(socket.toString()));
    }

    /** One on a free port of loopback with these options, such as certificates; not started. */
    public static FakeFalco over(HttpServerOptions options) {
        FakeFalco falco = new FakeFalco(SocketAddress.inetSocketAddress(0, "127.0.0.1"));
        falco.options = options;
        return falco;
    }

    public FakeFalco start() throws Exception {
        GrpcServer grpc = GrpcServer.server(vertx);
        grpc.callHandler(serviceGrpcService.sub, this::sub);
        grpc.callHandler(serviceGrpcService.get, this::get);
        if (knowsVersion) {
            grpc.callHandler(
                    io.github.falcogateway.wire.version.serviceGrpcService.version,
                    call -> call.handler(asked -> {
                        if (!deaf) {
                            call.response()
                                    .end(io.github
                                            .falcogateway
                                            .wire
                                            .version
                                            .response
                                            .newBuilder()
                                            .setVersion("0.43.1")
                                            .build());
                        }
                    }));
        }
        server = await(vertx.createHttpServer(options)
                .requestHandler(request -> {
                    // As the library that Falco is built with does.
                    if (request.authority() == null) {
                        request.response().reset();
                    } else {
                        grpc.handle(request);
                    }
                })
                .listen(address));
        if (!address.isDomainSocket()) {
            address = SocketAddress.inetSocketAddress(server.actualPort(), "127.0.0.1");
        }
        return this;
    }

    /** Ends all connections at once; the queue stays. */
    public void stop() throws Exception {
        await(server.close());
        if (address.isDomainSocket()) {
            java.nio.file.Files.deleteIfExists(Path.of(address.path()));
        }
    }

    public FakeFalco withoutVersion() {
        knowsVersion = false;
        return this;
    }

    /** Puts an event into the queue. */
    public void raise(response event) {
        queue.add(event);
    }

    /** Puts an event of the string form into the queue, its rule named so. */
    public void raise(String rule) {
        raise(event(rule));
    }

    public static response event(String rule) {
        return response.newBuilder()
                .setTime(Timestamp.newBuilder().setSeconds(1795601730L).setNanos(7))
                .setPriority(priority.NOTICE)
                .setRule(rule)
                .setOutput("10:15:30.000000007: Notice of " + rule)
                .putOutputFields("proc.name", "bash")
                .putOutputFields("container.id", "<NA>")
                .setHostname("falco-node")
                .addTags("shell")
                .setSource("syscall")
                .build();
    }

    /** Answers nothing any more, and closes nothing. */
    public void hang(boolean now) {
        deaf = now;
    }

    /** Resets the next call in the middle of a drain, after this many events. */
    public void breakAfter(int events) {
        breakAfter.set(events);
    }

    public int queued() {
        return queue.size();
    }

    /** What it has written to a client. */
    public List<response> handedOver() {
        return handedOver;
    }

    /** How many events are with the kernel, on their way to a client. */
    public int written() {
        return written.get();
    }

    /** How many requests came on {@code sub} streams. */
    public int requests() {
        return requests.get();
    }

    /** How many calls of {@code sub} and {@code get} were opened. */
    public int calls() {
        return calls.get();
    }

    /** The address as the configuration spells it. */
    public String target() {
        return address.isDomainSocket() ? "unix://" + address.path() : "127.0.0.1:" + address.port();
    }

    private void sub(GrpcServerRequest<request, response> call) {
        Drain drain = new Drain(call, () -> {});
        // A half-closed call is dropped without a status.
        call.endHandler(end -> call.response().cancel());
        call.handler(asked -> {
            requests.incrementAndGet();
            drain.run();
        });
    }

    private void get(GrpcServerRequest<request, response> call) {
        Drain drain =
                new Drain(call, () -> call.response().status(GrpcStatus.OK).end());
        call.handler(asked -> drain.run());
    }

    /** One write after the other; the next event is taken out when the last one is on its way. */
    private final class Drain {

        private final GrpcServerResponse<request, response> answer;
        private final Runnable empty;
        private boolean gone;

        Drain(GrpcServerRequest<request, response> call, Runnable empty) {
            calls.incrementAndGet();
            this.answer = call.response();
            this.empty = empty;
            call.errorHandler(error -> gone = true);
            call.exceptionHandler(error -> gone = true);
            answer.exceptionHandler(error -> gone = true);
        }

        void run() {
            while (!gone && !deaf) {
                if (answer.writeQueueFull()) {
                    answer.drainHandler(drained -> run());
                    return;
                }
                response event = queue.poll();
                if (event == null) {
                    empty.run();
                    return;
                }
                if (breakAfter.getAndDecrement() <= 0) {
                    breakAfter.set(Integer.MAX_VALUE);
                    queue.add(event);
                    gone = true;
                    answer.cancel();
                    return;
                }
                handedOver.add(event);
                answer.write(event).onSuccess(done -> written.incrementAndGet());
            }
        }
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(io.vertx.core.Future<T> future) throws Exception {
        return Patience.get(future);
    }
}
