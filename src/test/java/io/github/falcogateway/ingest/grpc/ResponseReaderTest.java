package io.github.falcogateway.ingest.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.github.falcogateway.codec.Decoded;
import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.event.RejectReason;
import io.github.falcogateway.wire.outputs.response;
import io.github.falcogateway.wire.schema.priority;
import io.github.falcogateway.wire.schema.source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String TEXT_EVENT =
            "{\"hostname\":\"node-3\",\"output\":\"10:15:30.000000001: Warning A \\\"quoted\\\" shell\","
                    + "\"output_fields\":{\"container.id\":null,\"proc.cmdline\":\"bash -c \\\"x\\\"\",\"user.name\":\"root\"},"
                    + "\"priority\":\"Warning\",\"rule\":\"Terminal shell in container\",\"source\":\"syscall\","
                    + "\"tags\":[\"container\",\"shell\"],\"time\":\"2026-11-25T10:15:30.000000001Z\"}";

    private final ResponseReader reader = new ResponseReader();

    @Test
    void takesTheWholeEventOutOfOutputByteForByte() throws Exception {
        for (String json : Files.readAllLines(Path.of("src/test/resources/events/seed-events.ndjson"))) {
            response message = text().setOutput(json).setRule("another").build();

            DecodedEvent event = only(reader.read(message.toByteArray(), NOW));

            DecodedEvent http = only(new EventDecoder(1).decode(json.getBytes(UTF_8), NOW));
            assertThat(event.event()).isEqualTo(http.event());
            assertThat(new String(event.bytes(), UTF_8)).isEqualTo(new String(http.bytes(), UTF_8));
        }
    }

    @Test
    void writesTheStringFieldsAsTheHttpOutputWould() {
        DecodedEvent event = only(reader.read(text().build().toByteArray(), NOW));

        assertThat(new String(event.bytes(), UTF_8)).isEqualTo(TEXT_EVENT);
        assertThat(event.event())
                .isEqualTo(only(new EventDecoder(1).decode(TEXT_EVENT.getBytes(UTF_8), NOW))
                        .event());
    }

    @Test
    void takesAnOutputThatOnlyLooksLikeJsonAsText() {
        response message = text().setOutput("{not json").build();

        assertThat(only(reader.read(message.toByteArray(), NOW)).event().output())
                .isEqualTo("{not json");
    }

    @Test
    @SuppressWarnings("deprecation")
    void namesTheSourceOfAnOldFalcoByItsNumber() {
        response message =
                text().clearSource().setSourceDeprecated(source.K8S_AUDIT).build();

        assertThat(only(reader.read(message.toByteArray(), NOW)).event().source())
                .isEqualTo("k8s_audit");
    }

    @Test
    void givesAnInternalEventNoTagsAsFalcoDoes() {
        response message = text().setSource("internal").clearTags().build();

        String json = new String(only(reader.read(message.toByteArray(), NOW)).bytes(), UTF_8);
        assertThat(json).doesNotContain("tags");
    }

    @Test
    void takesTheArrivalForAnEventWithoutTime() {
        response message = text().clearTime().clearHostname().build();

        DecodedEvent event = only(reader.read(message.toByteArray(), NOW));
        assertThat(event.event().time()).isEqualTo(NOW);
        assertThat(event.event().hostname()).isNull();
    }

    @Test
    void readsTextsThatAreNoUtf8() {
        byte[] broken = {'b', 'a', (byte) 0xff, 'd'};
        UnknownFieldSet pair = UnknownFieldSet.newBuilder()
                .addField(1, bytes("proc.name".getBytes(UTF_8)))
                .addField(2, bytes(broken))
                .build();
        byte[] message = UnknownFieldSet.newBuilder()
                .mergeFrom(fields(text().clearOutput().build()))
                .addField(response.OUTPUT_FIELD_NUMBER, bytes(broken))
                .addField(response.OUTPUT_FIELDS_FIELD_NUMBER, bytes(pair.toByteArray()))
                .build()
                .toByteArray();

        DecodedEvent event = only(reader.read(message, NOW));

        assertThat(event.event().output()).isEqualTo("ba\ufffdd");
        assertThat(event.event().rule()).isEqualTo("Terminal shell in container");
        assertThat(event.event().priority().label()).isEqualTo("Warning");
        assertThat(String.valueOf(event.event().field("proc.name"))).contains("ba\ufffdd");
        assertThat(event.event().time()).isEqualTo(Instant.parse("2026-11-25T10:15:30.000000001Z"));
        assertThat(event.event().tags()).containsExactly("container", "shell");
    }

    @Test
    void readsJsonThatIsNoUtf8() {
        byte[] json = "{\"rule\":\"r\",\"priority\":\"Error\",\"output\":\"a?b\"}".getBytes(UTF_8);
        json[json.length - 4] = (byte) 0xff;
        byte[] message = UnknownFieldSet.newBuilder()
                .addField(response.OUTPUT_FIELD_NUMBER, bytes(json))
                .build()
                .toByteArray();

        assertThat(only(reader.read(message, NOW)).event().output()).isEqualTo("a\ufffdb");
    }

    @Test
    void tellsWhatIsNoEvent() {
        assertThat(reason(new byte[] {(byte) 0xff, 1, 2})).isEqualTo(RejectReason.NOT_PROTOBUF);
        assertThat(reason(text().clearRule().build().toByteArray())).isEqualTo(RejectReason.MISSING_RULE);
        assertThat(reason(text().setPriorityValue(9).build().toByteArray())).isEqualTo(RejectReason.BAD_PRIORITY);
    }

    private RejectReason reason(byte[] message) {
        Decoded decoded = reader.read(message, NOW);
        assertThat(decoded.events()).isEmpty();
        return decoded.rejections().get(0).reason();
    }

    private static response.Builder text() {
        return response.newBuilder()
                .setTime(Timestamp.newBuilder().setSeconds(1795601730L).setNanos(1))
                .setPriority(priority.WARNING)
                .setRule("Terminal shell in container")
                .setOutput("10:15:30.000000001: Warning A \"quoted\" shell")
                .putOutputFields("user.name", "root")
                .putOutputFields("container.id", "<NA>")
                .putOutputFields("proc.cmdline", "bash -c \"x\"")
                .setHostname("node-3")
                .addAllTags(List.of("container", "shell"))
                .setSource("syscall");
    }

    private static UnknownFieldSet fields(response message) {
        try {
            return UnknownFieldSet.parseFrom(message.toByteString());
        } catch (com.google.protobuf.InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static UnknownFieldSet.Field bytes(byte[] value) {
        return UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(value))
                .build();
    }

    private static DecodedEvent only(Decoded decoded) {
        assertThat(decoded.rejections()).isEmpty();
        assertThat(decoded.events()).hasSize(1);
        return decoded.events().get(0);
    }
}
