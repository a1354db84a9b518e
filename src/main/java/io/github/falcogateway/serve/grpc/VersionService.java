package io.github.falcogateway.serve.grpc;

import io.github.falcogateway.wire.version.response;
import io.github.falcogateway.wire.version.serviceGrpcService;
import io.vertx.grpc.server.GrpcServer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Falco's {@code falco.version.service}, with the gateway's own version. Immutable. */
final class VersionService {

    private static final Pattern VERSION = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(?:-(.+))?");

    private final response version;

    VersionService(String version) {
        response.Builder told = response.newBuilder().setVersion(version).setBuild("falco-gateway");
        Matcher parts = VERSION.matcher(version);
        if (parts.matches()) {
            told.setMajor(Integer.parseInt(parts.group(1)))
                    .setMinor(Integer.parseInt(parts.group(2)))
                    .setPatch(Integer.parseInt(parts.group(3)))
                    .setPrerelease(parts.group(4) == null ? "" : parts.group(4));
        }
        this.version = told.build();
    }

    void bind(GrpcServer server) {
        server.callHandler(
                serviceGrpcService.version,
                call -> call.handler(asked -> call.response().end(version)));
    }
}
