package io.github.falcogateway.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void givesOneStringForEqualTexts() throws IOException {
        assertThat(text("Terminal shell in container")).isSameAs(text("Terminal shell in container"));
    }

    @Test
    void tellsTextsOfOneHashApart() throws IOException {
        assertThat("Aa").hasSameHashCodeAs("BB");
        assertThat(text("Aa")).isEqualTo("Aa");
        assertThat(text("BB")).isEqualTo("BB");
        assertThat(text("Aa")).isEqualTo("Aa");
    }

    @Test
    void readsEscapesEmptyAndLongTexts() throws IOException {
        assertThat(text("")).isEmpty();
        assertThat(text("\\u00e9\\n\\ud83d\\ude00")).isEqualTo("é\n😀");
        assertThat(text("x".repeat(1000))).isEqualTo("x".repeat(1000));
    }

    private static String text(String json) throws IOException {
        try (JsonParser parser = EventParser.JSON.createParser(("\"" + json + "\"").getBytes(UTF_8))) {
            parser.nextToken();
            return Texts.of(parser);
        }
    }
}
