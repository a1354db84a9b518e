package io.github.falcogateway.sink;

import static io.github.falcogateway.testing.JournalContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.journal.Durability;
import io.github.falcogateway.journal.EmbeddedJournal;
import io.github.falcogateway.journal.EmbeddedStore;
import io.github.falcogateway.journal.JournalOptions;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.SampleEvents;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message gets its newest event whole out of the journal, and is told without it where the journal has it no more. */
class RecallTest {

    @TempDir
    Path folder;

    @Test
    void makesMessagesWhole() throws Exception {
        Vertx vertx = Vertx.vertx();
        EmbeddedStore store = EmbeddedStore.open(vertx, folder, new KeptReader());
        EmbeddedJournal journal = EmbeddedJournal.open(
                vertx, JournalOptions.at(folder), new KeptReader(), store, new Telemetry("t").journal());
        try {
            String event = "{\"rule\":\"r\",\"priority\":\"Error\",\"output_fields\":{\"user.name\":\"root\"}}";
            long id = await(journal.append(List.of(TestEvents.draft(event)), Durability.CONFIGURED))
                    .firstId();
            JournaledEvent other = SampleEvents.at(5).field("proc.name", "bash").build();
            List<Delivery> whole =
                    await(new Recall(journal).whole(List.of(gist(id), new Delivery(other, "r"), gist(id + 1000))));
            assertThat(whole.get(0).event().event().field("user.name")).isEqualTo(new FieldValue.Text("root"));
            assertThat(whole.get(1).event()).isSameAs(other);
            JournaledEvent gone = whole.get(2).event();
            assertThat(gone.event().rule()).isEqualTo("rule of " + (id + 1000));
            assertThat(new KeptReader().read(gone.id(), gone.json()).event().host())
                    .isEqualTo("web-1");
        } finally {
            await(journal.close());
            await(store.close());
            await(vertx.close());
        }
    }

    private static Delivery gist(long id) {
        Instant now = Instant.parse("2026-11-24T10:00:00Z");
        return new Delivery(Gist.of(id, "rule of " + id, "web-1", Priority.ERROR, now, now), "r");
    }
}
