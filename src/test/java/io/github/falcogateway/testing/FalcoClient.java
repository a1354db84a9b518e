package io.github.falcogateway.testing;

import io.github.falcogateway.wire.outputs.request;
import io.github.falcogateway.wire.outputs.response;
import io.github.falcogateway.wire.outputs.serviceGrpcClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client of Falco's gRPC output, as tools have one. Thread-safe. */
public final class FalcoClient implements AutoCloseable {

    /** A subscription: what came of it so far. */
    public static final class Subscription {

        private final List<response> events = Collections.synchronizedList(new ArrayList<>());
        private final GrpcClientResponse<request, response> stream;
        private volatile GrpcStatus status;

        private Subscription(GrpcClientResponse<request, response> stream) {
            this.stream = stream;
            stream.handler(events::add);
            stream.endHandler(end -> status = stream.status());
        }

        public List<response> events() {
            return events;
        }

        /** Stops reading. */
        public void pause() {
            stream.pause();
        }

        public void resume() {
            stream.resume();
        }

        /** How it ended; null while it has not. */
        public GrpcStatus status() {
            return status;
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final GrpcClient client;
    private final SocketAddress address;

    public FalcoClient(SocketAddress address, HttpClientOptions options) {
        this.address = address;
        this.client = GrpcClient.client(
                vertx,
                new GrpcClientOptions(),
                options.setHttp2ClearTextUpgrade(false).setHttp2ConnectionWindowSize(1 << 20));
    }

    public FalcoClient(Path socket) {
        this(SocketAddress.domainSocketAddress(socket.toString()), new HttpClientOptions());
    }

    /** Subscribes; done once the server says so. */
    public Subscription sub() throws Exception {
        return await(client.request(address, serviceGrpcClient.sub).compose(call -> {
            call.write(request.getDefaultInstance());
            return call.response().map(Subscription::new);
        }));
    }

    /** Whether the server does not answer it: after a TLS 1.3 handshake a client may hear nothing at all. */
    public boolean isRefused() throws Exception {
        return await(client.request(address, io.github.falcogateway.wire.version.serviceGrpcClient.version)
                .compose(call -> call.send(io.github.falcogateway.wire.version.request.getDefaultInstance()))
                .timeout(1, TimeUnit.SECONDS)
                .map(false)
                .otherwise(true));
    }

    /** What came since the last call. */
    public List<response> get() throws Exception {
        return get("");
    }

    /** Asks what came since the last call, and does not want to know. */
    public void getAndCancel() throws Exception {
        await(client.request(address, serviceGrpcClient.get).compose(call -> {
            Future<Void> asked = call.end(request.getDefaultInstance());
            call.cancel();
            return asked.otherwiseEmpty();
        }));
    }

    /** The same under a name of its own. */
    public List<response> get(String name) throws Exception {
        return await(client.request(address, serviceGrpcClient.get).compose(call -> {
            if (!name.isEmpty()) {
                call.headers().set("falco-gateway-subscriber", name);
            }
            return call.send(request.getDefaultInstance()).compose(answer -> {
                List<response> events = new ArrayList<>();
                answer.handler(events::add);
                return answer.end().map(end -> events);
            });
        }));
    }

    public io.github.falcogateway.wire.version.response version() throws Exception {
        return await(client.request(address, io.github.falcogateway.wire.version.serviceGrpcClient.version)
                .compose(call -> call.send(io.github.falcogateway.wire.version.request.getDefaultInstance()))
                .compose(answer -> answer.last()));
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return Patience.get(future);
    }
}
