package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was packed is read as it was. */
class PackedTest {

    private static final List<String> TEXTS = List.of("", "a", "\t", "a\tb", "a\t", "a\tb\ta", "b", "é\n", "a");
    private static final List<Instant> TIMES = List.of(
            Instant.parse("2026-11-24T10:00:00.999999999Z"),
            Instant.parse("2026-11-24T10:00:01Z"),
            Instant.parse("1969-12-31T23:59:59.5Z"),
            Instant.MAX,
            Instant.MIN,
            Instant.EPOCH);

    @Test
    void readsWhatComesAgain() {
        Packed packed = new Packed(1);
        TEXTS.forEach(text -> packed.shared(text).parts(text).text(text).number(text.length()));
        TIMES.forEach(packed::time);
        Packed.Reader reader = new Packed.Reader(packed.toBuffer());
        for (String text : TEXTS) {
            assertThat(reader.shared()).isEqualTo(text);
            assertThat(reader.parts()).isEqualTo(text);
            assertThat(reader.text()).isEqualTo(text);
            assertThat(reader.number()).isEqualTo(text.length());
        }
        TIMES.forEach(time -> assertThat(reader.time()).isEqualTo(time));
        assertThat(reader.isAtEnd()).isTrue();
    }

    @Test
    void readsWholeTextsAndTimes() {
        Instant time = TIMES.get(0);
        Packed packed = new Packed(1).text("a\tb").text("a\tb");
        packed.number(time.getEpochSecond()).number(time.getNano());
        packed.number(time.getEpochSecond()).number(time.getNano());
        Packed.Reader reader = new Packed.Reader(packed.toBuffer());
        reader.plain();
        assertThat(reader.shared()).isEqualTo("a\tb");
        assertThat(reader.parts()).isEqualTo("a\tb");
        assertThat(reader.time()).isEqualTo(time);
        assertThat(reader.time()).isEqualTo(time);
    }
}
