package io.github.falcogateway.ingest.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.github.falcogateway.codec.Decoded;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.event.RejectReason;
import io.github.falcogateway.event.Rejection;
import io.github.falcogateway.wire.outputs.response;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Falco's gRPC output sends into the event that its HTTP output would have sent. With {@code json_output}
 * on, {@code output} holds that very event; else it is put together from the string fields. Immutable, thread-safe.
 */
final class ResponseReader {

    private static final int OUTPUT = response.OUTPUT_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private final EventDecoder decoder = new EventDecoder(1);

    /**
     * One event, or why it is none.
     *
     * @param message a {@code falco.outputs.response} as protobuf
     * @param received when it came: the time of an event that names none
     */
    Decoded read(byte[] message, Instant received) {
        try {
            // With json_output on the rest of the message says nothing new, and reading it would cost as much again.
            Decoded json = json(output(message), received);
            if (json != null) {
                return json;
            }
            response event = parse(message);
            json = json(event.getOutputBytes().toByteArray(), received);
            return json == null ? decoder.decode(EventText.of(event), received) : json;
        } catch (IOException bad) {
            return new Decoded(
                    List.of(),
                    List.of(new Rejection(
                            0, RejectReason.NOT_PROTOBUF, "the message is no falco.outputs.response", message)));
        }
    }

    /** The event in a JSON text; null where it is none. */
    private @Nullable Decoded json(byte[] output, Instant received) {
        if (output.length == 0 || output[0] != '{') {
            return null;
        }
        Decoded json = decoder.decode(output, received);
        return json.events().size() == 1 ? json : null;
    }

    /** The bytes of {@code output}; of several the last ones count, as protobuf has it. */
    private static byte[] output(byte[] message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        byte[] output = {};
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == OUTPUT) {
                output = in.readByteArray();
            } else if (!in.skipField(tag)) {
                break;
            }
        }
        return output;
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
