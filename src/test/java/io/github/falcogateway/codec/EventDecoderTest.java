package io.github.falcogateway.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.RejectReason;
import io.github.falcogateway.event.Rejection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDecoderTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String EVENT = "{\"rule\":\"r\",\"priority\":\"Error\"}";

    private final EventDecoder decoder = new EventDecoder(100);

    @Test
    void readsEverySeedEvent() throws Exception {
        byte[] body = Files.readAllBytes(Path.of("src/test/resources/events/seed-events.ndjson"));
        Decoded decoded = decoder.decode(body, NOW);
        assertThat(decoded.rejections()).isEmpty();
        assertThat(decoded.events()).hasSize(7);
        assertThat(decoded.events().get(0).event().field("evt.time")).isInstanceOf(FieldValue.Num.class);
    }

    @Test
    void readsTheSameTagsAgain() {
        for (int i = 0; i < 3; i++) {
            assertThat(tags("[\"a\", \"b\"]")).containsExactly("a", "b");
            assertThat(tags("[\"a\", 1, \"c\"]")).containsExactly("a", "c");
            assertThat(tags("[]")).isEmpty();
            assertThat(tags("[\"" + "x".repeat(300) + "\"]")).containsExactly("x".repeat(300));
        }
    }

    private List<String> tags(String json) {
        return one("{\"tags\":" + json + ",\"rule\":\"r\",\"priority\":\"Error\"}")
                .tags();
    }

    @Test
    void keepsEveryDigitOfANumber() {
        FalcoEvent event =
                one("{\"rule\":\"r\",\"priority\":\"info\",\"output_fields\":{\"evt.time\":1651447772918828894,"
                        + "\"u\":18446744073709551615,\"n\":null,\"b\":true,\"a\":[1,\"x\",null],\"o\":{\"k\":[1]}}}");
        assertThat(event.priority()).isEqualTo(Priority.INFORMATIONAL);
        assertThat(event.field("evt.time")).isEqualTo(new FieldValue.Num("1651447772918828894"));
        assertThat(event.field("u")).isEqualTo(new FieldValue.Num("18446744073709551615"));
        assertThat(event.field("n")).isNull();
        assertThat(event.field("a"))
                .extracting(value -> value == null ? "" : value.text())
                .isEqualTo("1,x");
        assertThat(event.field("o")).isEqualTo(new FieldValue.Nested("{\"k\":[1]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"[ 0 0", "[E 1 1", "[E, 1 1", "[E,] 1 1", "[,E] 1 0", "[] 0 -1", "[E] 1 -1"})
    void tellsWhereAnArrayHoldsNoEventOrHasNoEnd(String body, int events, int missing) {
        Decoded decoded = decode(body.replace("E", EVENT));

        assertThat(decoded.events()).hasSize(events);
        assertThat(decoded.rejections())
                .extracting(Rejection::index)
                .isEqualTo(missing < 0 ? List.of() : List.of(missing));
        assertThat(decoded.rejections()).extracting(Rejection::reason).allMatch(RejectReason.NOT_JSON::equals);
    }

    @Test
    void fillsInWhatASenderLeftOut() {
        FalcoEvent event = one(EVENT);
        assertThat(event.source()).isEqualTo("syscall");
        assertThat(event.time()).isEqualTo(NOW);
        assertThat(event.fields()).isEmpty();
    }

    @Test
    void tellsArraysAndLinesByContent() {
        assertThat(decode("[" + EVENT + "," + EVENT + "]").events()).hasSize(2);
        assertThat(decode(EVENT + "\n" + EVENT + "\n\n" + EVENT).events()).hasSize(3);
        assertThat(decode("\uFEFF" + EVENT + EVENT).events()).hasSize(2);
        assertThat(decode("{\n  \"rule\": \"r\",\n  \"priority\": \"Error\"\n}\n")
                        .events())
                .hasSize(1);
        assertThat(decode("[]")).isEqualTo(new Decoded(java.util.List.of(), java.util.List.of()));
    }

    @Test
    void keepsTheGoodOnesAmongBadOnes() {
        Decoded decoded = decode("[" + EVENT + ",{\"rule\":\"x\"},7," + EVENT + ",{\"rule\":\"cut");
        assertThat(decoded.events()).hasSize(2);
        assertThat(decoded.rejections()).extracting("index").containsExactly(1, 2, 4);
        assertThat(decoded.rejections())
                .extracting("reason")
                .containsExactly(RejectReason.MISSING_PRIORITY, RejectReason.NOT_AN_OBJECT, RejectReason.NOT_JSON);
    }

    @Test
    void goesOnAfterALineCutShort() {
        Decoded decoded =
                decode("{\"rule\":\"cut sho\n" + EVENT + "\n{\"rule\":\"r\",\n" + EVENT + "\nplain text\n" + EVENT);
        assertThat(decoded.events()).hasSize(3);
        assertThat(decoded.rejections()).hasSize(3).extracting("reason").containsOnly(RejectReason.NOT_JSON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | EMPTY",
                "' \n ' | EMPTY",
                "23:29:32.918828894: Error File below a known binary directory opened | NOT_JSON",
                "{\"rule\":\"r\",\"priority\":\"Error\" | NOT_JSON",
                "\"text\" | NOT_AN_OBJECT",
                "{\"priority\":\"Error\"} | MISSING_RULE",
                "{\"rule\":\"\",\"priority\":\"Error\"} | MISSING_RULE",
                "{\"rule\":\"r\"} | MISSING_PRIORITY",
                "{\"rule\":\"r\",\"priority\":\"Banana\"} | BAD_PRIORITY",
                "{\"rule\":\"r\",\"priority\":3} | BAD_TYPE",
                "{\"rule\":\"r\",\"priority\":NaN} | NOT_JSON",
            })
    void saysWhyItIsNoEvent(String body, RejectReason reason) {
        Decoded decoded = decode(body);
        assertThat(decoded.events()).isEmpty();
        assertThat(decoded.rejections()).singleElement().extracting("reason").isEqualTo(reason);
    }

    @Test
    void survivesHostileBodies() {
        assertThat(reason("[".repeat(10_000))).isIn(RejectReason.TOO_DEEP, RejectReason.NOT_JSON);
        assertThat(reason("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000))).isEqualTo(RejectReason.TOO_DEEP);
        assertThat(reason((EVENT + "\n").repeat(101))).isEqualTo(RejectReason.TOO_MANY);
        assertThat(decoder.decode(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"'}, NOW)
                        .rejections())
                .singleElement()
                .extracting("reason")
                .isEqualTo(RejectReason.NOT_UTF8);
        String digits = "9".repeat(400);
        assertThat(one("{\"rule\":\"r\",\"priority\":\"Error\",\"output_fields\":{\"n\":" + digits + "}}")
                        .field("n"))
                .isEqualTo(new FieldValue.Num(digits));
        assertThat(one("{\"rule\":\"a\",\"rule\":\"b\",\"priority\":\"Error\"}").rule())
                .isEqualTo("b");
        assertThat(one("{\"rule\":\"" + "x".repeat(1 << 20) + "\",\"priority\":\"Error\"}")
                        .rule())
                .hasSize(1 << 20);
    }

    @Test
    void keepsAnEventWhoseLesserMembersAreWrong() {
        FalcoEvent event = one("{\"rule\":\"r\",\"priority\":\"CRITICAL\",\"time\":\"yesterday\",\"output\":7,"
                + "\"tags\":\"a\",\"output_fields\":[1],\"source\":null,\"hostname\":{\"a\":1}}");
        assertThat(event.time()).isEqualTo(NOW);
        assertThat(event.tags()).isEmpty();
        assertThat(event.hostname()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2022-05-01T23:29:32.918828894Z, 2022-05-01T23:29:32.918828894Z",
        "2022-05-01T23:29:32Z, 2022-05-01T23:29:32Z",
        "2022-05-01T23:29:32.5+08:00, 2022-05-01T15:29:32.5Z",
        "2022-05-01T23:29:32.918828894+0000, 2022-05-01T23:29:32.918828894Z",
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
    })
    void readsTimes(String text, Instant time) {
        assertThat(Timestamps.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2022-05-01",
        "2022-13-01T00:00:00Z",
        "2022-05-01T23:29:32",
        "2022-05-01T23:29:3xZ",
        "-022-05-01T23:29:32Z"
    })
    void knowsWhatIsNoTime(String text) {
        assertThat(Timestamps.parse(text)).isNull();
    }

    private RejectReason reason(String body) {
        return decode(body).rejections().get(0).reason();
    }

    private FalcoEvent one(String body) {
        Decoded decoded = decode(body);
        assertThat(decoded.rejections()).isEmpty();
        return decoded.events().get(0).event();
    }

    private Decoded decode(String body) {
        return decoder.decode(body.getBytes(UTF_8), NOW);
    }

    @Test
    void readsZerosAsTheBytesTheyAre() {
        byte[] utf32 = "{\0\0\0\"rule\":\"r\"}".getBytes(UTF_8);
        Decoded decoded = new EventDecoder(10).decode(utf32, Instant.EPOCH);
        assertThat(decoded.events()).isEmpty();
        assertThat(decoded.rejections()).extracting(Rejection::reason).containsOnly(RejectReason.NOT_JSON);
    }

    @Test
    void readsLinesHoweverTheyAreSeparated() {
        String event = "{\"rule\":\"r\",\"priority\":\"Error\",\"n\":%d}";
        for (String separator : List.of("\n", "\r\n", "\n\n", " \n", "")) {
            String body = event.formatted(1) + separator + event.formatted(2) + separator + event.formatted(3);
            for (String end : List.of("", "\n", "\r\n")) {
                Decoded decoded = new EventDecoder(3).decode((body + end).getBytes(UTF_8), Instant.EPOCH);
                assertThat(decoded.rejections()).isEmpty();
                assertThat(decoded.events())
                        .extracting(one -> new String(one.bytes(), UTF_8))
                        .containsExactly(event.formatted(1), event.formatted(2), event.formatted(3));
            }
        }
    }

    @Test
    void refusesOneLineTooMany() {
        String line = "{\"rule\":\"r\",\"priority\":\"Error\"}\n";

        Decoded decoded = new EventDecoder(2).decode(line.repeat(3).getBytes(UTF_8), Instant.EPOCH);

        assertThat(decoded.events()).isEmpty();
        assertThat(decoded.rejections())
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).isEqualTo(RejectReason.TOO_MANY));
    }

    @Test
    void keepsMoreFieldsThanCanBeAskedFor() {
        String fields =
                IntStream.range(0, 50_000).mapToObj(i -> "\"k" + i + "\":" + i).collect(Collectors.joining(","))
                        + ",\"k7\":\"last\"";
        String items = IntStream.range(0, 5_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String json =
                "{\"rule\":\"r\",\"priority\":\"Error\",\"output_fields\":{\"list\":[" + items + "]," + fields + "}}";
        DecodedEvent event =
                decoder.decode(json.getBytes(UTF_8), Instant.EPOCH).events().get(0);
        assertThat(event.event().fields()).hasSize(1024);
        assertThat(event.event().field("k7")).isEqualTo(new FieldValue.Text("last"));
        assertThat(((FieldValue.Array) Objects.requireNonNull(event.event().field("list"))).items())
                .hasSize(1024);
        assertThat(new String(event.bytes(), UTF_8)).isEqualTo(json);
    }
}
