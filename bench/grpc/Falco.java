import io.github.falcogateway.wire.outputs.request;
import io.github.falcogateway.wire.outputs.response;
import io.github.falcogateway.wire.outputs.serviceGrpcService;
import io.github.falcogateway.wire.schema.priority;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An imitated Falco: one queue that clients compete for; drained when asked, and forgotten. */
final class Falco {

    final String name;
    final Queue<String> queue = new ConcurrentLinkedQueue<>();
    /** What was written whole before the server ended. */
    final Set<String> complete = ConcurrentHashMap.newKeySet();
    /** When the first event was handed over. */
    final AtomicLong first = new AtomicLong();

    final Path socket;
    private final Vertx vertx;
    String mode = "sub";
    private HttpServer server;

    Falco(Vertx vertx, Path folder, String name) {
        this.vertx = vertx;
        this.name = name;
        this.socket = folder.resolve(name + ".sock");
    }

    void raise(String mark) {
        queue.add(mark);
    }

    void start() throws Exception {
        GrpcServer grpc = GrpcServer.server(vertx);
        grpc.callHandler(serviceGrpcService.sub, call -> answer(call, () -> {}));
        grpc.callHandler(serviceGrpcService.get, call -> answer(call, () -> call.response().end()));
        grpc.callHandler(
                io.github.falcogateway.wire.version.serviceGrpcService.version,
                call -> call.handler(asked -> call.response()
                        .end(io.github.falcogateway.wire.version.response
                                .newBuilder()
                                .setVersion("0.43.1")
                                .build())));
        server = get(vertx.createHttpServer()
                .requestHandler(grpc)
                .listen(SocketAddress.domainSocketAddress(socket.toString())));
    }

    void stop() throws Exception {
        get(server.close());
        Files.deleteIfExists(socket);
    }

    private void answer(GrpcServerRequest<request, response> call, Runnable empty) {
        boolean[] gone = {false};
        call.errorHandler(error -> gone[0] = true);
        call.exceptionHandler(error -> gone[0] = true);
        call.handler(asked -> drain(call, gone, empty));
    }

    private void drain(GrpcServerRequest<request, response> call, boolean[] gone, Runnable empty) {
        GrpcServerResponse<request, response> answer = call.response();
        while (!gone[0]) {
            if (answer.writeQueueFull()) {
                answer.drainHandler(drained -> drain(call, gone, empty));
                return;
            }
            String mark = queue.poll();
            if (mark == null) {
                empty.run();
                return;
            }
            first.compareAndSet(0, System.nanoTime());
            answer.write(event(mark)).onSuccess(written -> complete.add(mark));
        }
    }

    private response event(String mark) {
        String json = "{\"hostname\":\"" + name + "\",\"output\":\"10:15:30.000000007: Notice A shell was spawned in a"
                + " container with an attached terminal (evt_type=execve user=root user_uid=0 user_loginuid=-1"
                + " process=bash proc_exepath=/usr/bin/bash parent=containerd-shim command=bash terminal=34816"
                + " exe_flags=EXE_WRITABLE container_id=bfb9637a47a6)\",\"output_fields\":{\"container.id\":"
                + "\"bfb9637a47a6\",\"container.image.repository\":\"docker.io/library/nginx\",\"evt.time\":"
                + "1651447772918828894,\"evt.type\":\"execve\",\"k8s.ns.name\":null,\"proc.cmdline\":\"bash -i\","
                + "\"proc.name\":\"bash\",\"proc.pid\":4711,\"rig.id\":\"" + mark + "\",\"user.loginuid\":-1,"
                + "\"user.name\":\"root\"},\"priority\":\"Notice\",\"rule\":\"Terminal shell in container\",\"source\":"
                + "\"syscall\",\"tags\":[\"T1059\",\"container\",\"maturity_stable\",\"mitre_execution\",\"shell\"],"
                + "\"time\":\"2026-11-25T10:15:30.000000007Z\"}";
        return response.newBuilder()
                .setPriority(priority.NOTICE)
                .setRule("Terminal shell in container")
                .setOutput(json)
                .putOutputFields("proc.name", "bash")
                .putOutputFields("container.id", "bfb9637a47a6")
                .setHostname(name)
                .setSource("syscall")
                .build();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
