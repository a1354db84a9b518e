package io.github.falcogateway.serve.grpc;

import io.github.falcogateway.testing.RunningGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** For tests of a whole gateway that serves gRPC on a socket in its folder. */
abstract class ServingGateway {

    static final String EVENT = "{\"hostname\":\"web-1\",\"output\":\"10:15:30.0: Error Bad thing\",\"output_fields\":"
            + "{\"k8s.ns.name\":\"shop\",\"k8s.pod.name\":null,\"proc.pid\":12,\"fd.types\":[\"a\",\"b\"],"
            + "\"evt.time\":1651448201237634398},\"priority\":\"Error\",\"rule\":\"Bad thing\",\"source\":\"syscall\","
            + "\"tags\":[\"b\",\"a\"],\"time\":\"2026-11-25T10:15:30.000000001Z\"}";

    @TempDir
    Path folder;

    Path socket() {
        return folder.resolve("g.sock");
    }

    RunningGateway gateway(String more) throws Exception {
        return start(folder, "grpc: {address: \"unix://" + socket() + "\", " + more + "}", "");
    }

    static RunningGateway start(Path folder, String grpc, String more) throws Exception {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(
                file, RunningGateway.config(folder, 0).replace("listen: {", "listen: {" + grpc + ", ") + more);
        return RunningGateway.of(folder, file);
    }
}
