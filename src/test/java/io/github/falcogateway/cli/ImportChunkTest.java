package io.github.falcogateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.JournalLine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImportChunkTest {

    @Test
    void keepsEachHostInOneLaneAndInOrder() {
        ImportChunk chunk = new ImportChunk(0);
        for (int i = 0; i < 100; i++) {
            String host = "host-" + i % 10;
            chunk.add(new JournalLine(null, host, host + " " + i), "own");
        }

        assertThat(chunk.lanes()).hasSizeBetween(2, ImportChunk.Lane.SIDE_BY_SIDE);
        for (int host = 0; host < 10; host++) {
            String name = "host-" + host + " ";
            Set<ImportChunk.Lane> used = new LinkedHashSet<>();
            List<String> its = new ArrayList<>();
            chunk.lanes()
                    .forEach((lane, events) -> events.stream()
                            .filter(event -> event.startsWith(name))
                            .forEach(event -> {
                                used.add(lane);
                                its.add(event);
                            }));
            assertThat(used).hasSize(1).allMatch(lane -> lane.host().equals("own"));
            List<String> inOrder = new ArrayList<>();
            for (int i = host; i < 100; i += 10) {
                inOrder.add(name + i);
            }
            assertThat(its).isEqualTo(inOrder);
        }
    }

    @Test
    void sendsWhatAJournalNamesAHostForUnderThatHost() {
        ImportChunk chunk = new ImportChunk(0);
        chunk.add(new JournalLine("node-1", null, "a"), "own");
        chunk.add(new JournalLine(null, null, "b"), "own");

        assertThat(chunk.lanes().keySet()).extracting(ImportChunk.Lane::host).containsExactly("node-1", "own");
    }
}
