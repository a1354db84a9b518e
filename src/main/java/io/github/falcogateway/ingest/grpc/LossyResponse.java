package io.github.falcogateway.ingest.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.github.falcogateway.wire.outputs.response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads an event whose texts are no UTF-8: what cannot be read becomes U+FFFD, as Falco itself does from 0.44 on. */
final class LossyResponse {

    private LossyResponse() {}

    @SuppressWarnings("deprecation")
    static response parse(byte[] message) throws InvalidProtocolBufferException {
        UnknownFieldSet fields = UnknownFieldSet.parseFrom(message);
        response.Builder event = response.newBuilder();
        for (ByteString time : texts(fields, response.TIME_FIELD_NUMBER)) {
            event.setTime(Timestamp.parseFrom(time));
        }
        for (Long priority : numbers(fields, response.PRIORITY_FIELD_NUMBER)) {
            event.setPriorityValue(priority.intValue());
        }
        for (Long source : numbers(fields, response.SOURCE_DEPRECATED_FIELD_NUMBER)) {
            event.setSourceDeprecatedValue(source.intValue());
        }
        event.setRule(last(fields, response.RULE_FIELD_NUMBER));
        event.setOutput(last(fields, response.OUTPUT_FIELD_NUMBER));
        event.setHostname(last(fields, response.HOSTNAME_FIELD_NUMBER));
        event.setSource(last(fields, response.SOURCE_FIELD_NUMBER));
        for (ByteString tag : texts(fields, response.TAGS_FIELD_NUMBER)) {
            event.addTags(text(tag));
        }
        for (ByteString entry : texts(fields, response.OUTPUT_FIELDS_FIELD_NUMBER)) {
            UnknownFieldSet pair = UnknownFieldSet.parseFrom(entry);
            event.putOutputFields(last(pair, 1), last(pair, 2));
        }
        return event.build();
    }

    private static List<ByteString> texts(UnknownFieldSet fields, int number) {
        return fields.getField(number).getLengthDelimitedList();
    }

    private static List<Long> numbers(UnknownFieldSet fields, int number) {
        return fields.getField(number).getVarintList();
    }

    /** Of a field that comes twice the last one counts, as protobuf has it. */
    private static String last(UnknownFieldSet fields, int number) {
        List<ByteString> all = texts(fields, number);
        return all.isEmpty() ? "" : text(all.get(all.size() - 1));
    }

    private static String text(ByteString bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
