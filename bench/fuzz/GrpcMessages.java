package io.github.falcogateway.ingest.grpc;

import io.github.falcogateway.codec.Decoded;
import java.time.Instant;

/** Whatever a gRPC source sends is an event or a rejection. */
public final class GrpcMessages {

    private static final ResponseReader READER = new ResponseReader();

    private GrpcMessages() {}

    public static void fuzzerTestOneInput(byte[] message) {
        Decoded read = READER.read(message, Instant.EPOCH);
        if (read.size() != 1) {
            throw new AssertionError("a message is " + read.size() + " events");
        }
    }
}
