package io.github.falcogateway.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another reader of JSON takes is taken and read as the same, what it refuses is refused. */
class JsonCursorTest {

    private static final JsonFactory OTHER = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNumberLength(1000)
                    .build())
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    private static final String SEED =
            "{\"output\":\"18:21:02.123 Warning \\\"sh\\\" \\u00e9\\ud83d\\ude00 opened\\t/etc\","
                    + " \"priority\":\"Warning\",\"rule\":\"Read \\/ é 😀 file\",\r\n\t\"time\":\"2024-05-01T00:00:00.123456789Z\","
                    + "\"output_fields\":{\"evt.time\":1714521600123456789,\"a\":[1,-0,2.50e+10,[],{}],\"n\":null,\"t\":true,"
                    + "\"f\":false,\"x\":{\"y\":[{\"z\":\"\"}]}, \"\":-1.5E-7},\"tags\":[\"a\",\"b\"]}";

    private static final String INSERTS = "{}[]\",:\\0123456789-+.eEtrufalsn \n\t\r\u0001\u001f\u007fé😀/bx";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "0",
                "-0",
                "10",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "1e+",
                "1.0E5",
                "+1",
                "NaN",
                "true",
                "tru",
                "truex",
                "null",
                "nul",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\" 1}",
                "{\"a\":}",
                "{a:1}",
                "{\"a\":1 \"b\":2}",
                "[}",
                "{]",
                "[1}",
                "{\"a\":[1}",
                "]",
                "",
                " ",
                "\"",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\uD800\"",
                "\"a\nb\"",
                "\"a\u0000b\"",
                "\"12345678\\\\\"",
                "1 ",
                " 1",
                "1 1",
                "{}{}",
                "[[[]]]",
                "\"\u007f\"",
                "/*x*/1",
                "'a'",
                "[1,2",
                "{\"a\"",
                "{\"a\":",
                "\"é\\u00e9\""
            })
    void readsWhatAnotherReaderReads(String json) {
        assertThat(ours(json.getBytes(UTF_8))).isEqualTo(other(json.getBytes(UTF_8)));
    }

    @Test
    void readsAnyTextAsAnotherReaderDoes() {
        assertThat(ours(SEED.getBytes(UTF_8))).startsWith("{output=18:21:02.123 Warning \"sh\" é😀");
        Random random = new Random(11);
        int taken = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] json = changed(random).getBytes(UTF_8);
            String expected = other(json);
            assertThat(ours(json)).as("%s", new String(json, UTF_8)).isEqualTo(expected);
            taken += expected == null ? 0 : 1;
        }
        assertThat(taken).as("texts that are JSON").isBetween(2_000, 18_000);
    }

    @Test
    void hasTheLimitsOfTheOther() {
        for (String json : new String[] {
            "[".repeat(100) + "]".repeat(100),
            "[".repeat(101) + "]".repeat(101),
            "1".repeat(1000),
            "1".repeat(1001),
            "{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}"
        }) {
            assertThat(ours(json.getBytes(UTF_8)) == null).isEqualTo(other(json.getBytes(UTF_8)) == null);
        }
    }

    private static String changed(Random random) {
        StringBuilder json = new StringBuilder(SEED);
        for (int change = random.nextInt(4); change > 0; change--) {
            int at = random.nextInt(json.length());
            switch (random.nextInt(4)) {
                case 0 -> json.deleteCharAt(at);
                case 1 -> json.insert(at, INSERTS.charAt(random.nextInt(INSERTS.length())));
                case 2 -> json.setCharAt(at, INSERTS.charAt(random.nextInt(INSERTS.length())));
                default -> json.setLength(random.nextInt(10) == 0 ? at + 1 : json.length());
            }
        }
        return json.toString();
    }

    /** The value written in one way, null where it is no JSON. */
    private static @Nullable String ours(byte[] json) {
        StringBuilder text = new StringBuilder();
        JsonCursor cursor = new JsonCursor(json);
        try {
            write(cursor, text);
            cursor.finish();
            JsonCursor skipping = new JsonCursor(json);
            skipping.skip();
            skipping.finish();
            return text.toString();
        } catch (DecodeException bad) {
            return null;
        }
    }

    private static void write(JsonCursor cursor, StringBuilder text) throws DecodeException {
        switch (cursor.kind()) {
            case '{' -> {
                text.append('{');
                cursor.object();
                while (cursor.member()) {
                    text.append(cursor.name()).append('=');
                    write(cursor, text);
                }
                text.append('}');
            }
            case '[' -> {
                text.append('[');
                cursor.array();
                while (cursor.element()) {
                    write(cursor, text);
                }
                text.append(']');
            }
            case '"' -> text.append(cursor.text()).append(',');
            case 't', 'f' -> text.append(cursor.bool()).append(',');
            case 'n' -> {
                Span span = cursor.span();
                text.append("null,".substring(0, span.to() - span.from())).append(',');
            }
            default -> text.append(cursor.number()).append(',');
        }
    }

    private static @Nullable String other(byte[] json) {
        StringBuilder text = new StringBuilder();
        try (JsonParser parser = OTHER.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return null;
            }
            write(parser, first, text);
            return parser.nextToken() == null ? text.toString() : null;
        } catch (IOException bad) {
            return null;
        }
    }

    private static void write(JsonParser parser, JsonToken token, StringBuilder text) throws IOException {
        switch (token) {
            case START_OBJECT -> {
                text.append('{');
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    text.append(parser.currentName()).append('=');
                    write(parser, parser.nextToken(), text);
                }
                text.append('}');
            }
            case START_ARRAY -> {
                text.append('[');
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    write(parser, next, text);
                }
                text.append(']');
            }
            default -> text.append(parser.getText()).append(',');
        }
    }
}
