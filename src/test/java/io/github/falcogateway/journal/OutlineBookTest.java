package io.github.falcogateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.testing.TestEvents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    @Test
    void knowsManyHostsTimesManyRulesInTheNextBookToo() {
        OutlineBook next = book.next();
        for (OutlineBook each : List.of(book, next, book)) {
            for (int i = 0; i < 20_000; i++) {
                FalcoEvent event = event("rule " + i % 7).from(sender("node-" + i % 5_000));
                int number = each.number(event);
                assertThat(each.outline(number)).isEqualTo(event.outline());
                assertThat(each.number(each.outline(number))).isEqualTo(number);
            }
            assertThat(each.size()).isEqualTo(20_000);
        }
    }

    @Test
    void tellsSendersOfOneHostApart() {
        for (Via via : List.of(Via.HTTP, Via.GRPC)) {
            for (String from : List.of("claimed", "address")) {
                for (String site : List.of("a", "b")) {
                    FalcoEvent event = event("Shell").from(sender(via, "node-1", from, Map.of("site", site)));
                    assertThat(book.outline(book.number(event))).isEqualTo(event.outline());
                }
            }
        }
        assertThat(book.size()).isEqualTo(8);
    }

    private static Provenance sender(String host) {
        return sender(Via.GRPC, host, "claimed", Map.of("site", "a"));
    }

    private static Provenance sender(Via via, String host, String from, Map<String, String> labels) {
        return new Provenance(via, host, from, null, "10.0.0.1", labels, "gw", Instant.ofEpochSecond(1));
    }

    private static FalcoEvent event(String rule) {
        return TestEvents.draft("{\"rule\":\"" + rule + "\",\"priority\":\"Error\"}")
                .event();
    }
}
