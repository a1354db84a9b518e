package io.github.falcogateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.testing.TestEvents;
import org.junit.jupiter.api.Test;

class OutlineBookTest {

    private final OutlineBook book = new OutlineBook();

    @Test
    void numbersEqualOutlinesAlike() {
        int shell = book.number(event("Shell"));
        assertThat(book.number(event("File"))).isNotEqualTo(shell);
        assertThat(book.number(event("Shell"))).isEqualTo(shell);
        assertThat(book.outline(shell).rule()).isEqualTo("Shell");
        assertThat(book.isFull()).isFalse();
    }

    @Test
    void holdsABoundedPartOfRulesOfAMegabyte() {
        for (int i = 0; i < 100; i++) {
            assertThat(book.outline(book.number(event(i + "x".repeat(1_000_000))))
                            .rule())
                    .startsWith(i + "x");
        }
        assertThat(book.isFull()).isTrue();
        long characters = 0;
        for (int number = 1; number <= book.size(); number++) {
            characters += book.outline(number).rule().length();
        }
        assertThat(characters).isLessThan(10_000_000);
        String honest = "Read sensitive file untrusted";
        assertThat(book.outline(book.number(event(honest))).rule()).isEqualTo(honest);
    }

    private static FalcoEvent event(String rule) {
        return TestEvents.draft("{\"rule\":\"" + rule + "\",\"priority\":\"Error\"}")
                .event();
    }
}
