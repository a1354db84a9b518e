package io.github.falcogateway.ingest.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.falcogateway.codec.Decoded;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.event.RejectReason;
import io.github.falcogateway.event.Rejection;
import io.github.falcogateway.wire.outputs.response;
import java.time.Instant;
import java.util.List;

/**
 * Reads what Falco's gRPC output sends into the event that its HTTP output would have sent. With {@code json_output}
 * on, {@code output} holds that very event; else it is put together from the string fields. Immutable, thread-safe.
 */
final class ResponseReader {

    private final EventDecoder decoder = new EventDecoder(1);

    /**
     * One event, or why it is none.
     *
     * @param message a {@code falco.outputs.response} as protobuf
     * @param received when it came: the time of an event that names none
     */
    Decoded read(byte[] message, Instant received) {
        response event;
        try {
            event = parse(message);
        } catch (InvalidProtocolBufferException bad) {
            return new Decoded(
                    List.of(),
                    List.of(new Rejection(
                            0, RejectReason.NOT_PROTOBUF, "the message is no falco.outputs.response", message)));
        }
        byte[] output = event.getOutputBytes().toByteArray();
        if (output.length > 0 && output[0] == '{') {
            Decoded json = decoder.decode(output, received);
            if (json.events().size() == 1) {
                return json;
            }
        }
        return decoder.decode(EventText.of(event), received);
    }

    private static response parse(byte[] message) throws InvalidProtocolBufferException {
        try {
            return response.parseFrom(message);
        } catch (InvalidProtocolBufferException notUtf8) {
            // Falco's own library sends a text that is no UTF-8 all the same, and has forgotten the event then.
            return LossyResponse.parse(message);
        }
    }
}
