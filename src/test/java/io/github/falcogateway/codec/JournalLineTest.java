package io.github.falcogateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JournalLineTest {

    @Test
    void knowsTheHostThatAnEventNames() {
        String event = "{\"output_fields\":{\"hostname\":\"inner\"},\"hostname\":\"web-1\",\"rule\":\"r\"}";

        assertThat(JournalLine.of(event)).isEqualTo(new JournalLine(null, "web-1", event));
        assertThat(JournalLine.of("{\"rule\":\"r\"}")).isEqualTo(new JournalLine(null, null, "{\"rule\":\"r\"}"));
        assertThat(JournalLine.of("{\"hostname\":7,\"rule\":"))
                .isEqualTo(new JournalLine(null, null, "{\"hostname\":7,\"rule\":"));
    }

    @Test
    void goesByTheHostOfTheJournalWhereItNamesOne() {
        String event = "{\"hostname\":\"pod\",\"rule\":\"r\"}";

        assertThat(JournalLine.of("May 01 23:36:41 node-1 falco[7]: " + event))
                .isEqualTo(new JournalLine("node-1", null, event));
    }
}
