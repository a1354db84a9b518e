package io.github.falcogateway.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void givesOneStringForEqualTexts() {
        assertThat(text("Terminal shell in container")).isSameAs(text("Terminal shell in container"));
        assertThat(text("")).isEmpty();
    }

    @Test
    void tellsTextsApart() {
        for (int i = 0; i < 20_000; i++) {
            assertThat(text("pid " + i)).isEqualTo("pid " + i);
        }
    }

    @Test
    void readsTextsBeyondAsciiAndLongOnes() {
        assertThat(text("é😀")).isEqualTo("é😀");
        assertThat(text("x".repeat(1000))).isEqualTo("x".repeat(1000));
    }

    private static String text(String text) {
        byte[] quoted = ('"' + text + '"').getBytes(UTF_8);
        return Texts.of(quoted, 1, quoted.length - 1);
    }
}
