package io.github.falcogateway.journal;

import static io.github.falcogateway.testing.JournalContract.await;
import static io.github.falcogateway.testing.JournalContract.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Falco waits for its answer without a time-out. */
class OwnMistakesTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<Long> heard = new ArrayList<>();
    private EmbeddedStore store;
    private Journal journal;

    @BeforeEach
    void open() throws Exception {
        store = EmbeddedStore.open(vertx, folder, new KeptReader());
        journal = EmbeddedJournal.open(
                vertx, JournalOptions.at(folder), new KeptReader(), store, new Telemetry("test").journal());
    }

    @AfterEach
    void close() {
        await(journal.close());
        await(store.close());
        await(vertx.close());
    }

    @Test
    void anEventThatCannotBePutTogetherIsRefusedAndTheNextIsTaken() {
        append(draft("first"));
        Draft good = draft("bad");
        Draft bad = new Draft(good.event(), good.parts(), good.idBefore(), 1);
        assertThatThrownBy(() -> append(bad)).isInstanceOf(IndexOutOfBoundsException.class);
        append(draft("second"));
        assertThat(await(journal.readAfter(0, Limit.of(9))))
                .extracting(event -> event.event().rule())
                .containsExactly("first", "second");
    }

    @Test
    void aListenerThatFailsKeepsNobodyFromHisAnswer() {
        journal.onAppended(events -> {
            events.stream().map(JournaledEvent::id).forEach(heard::add);
            throw new IllegalStateException("a mistake");
        });
        append(draft("first"));
        append(draft("second"));
        assertThat(journal.lastId()).isEqualTo(2);
        assertThat(heard).startsWith(1L);
    }

    private void append(Draft draft) {
        assertThat(await(journal.append(List.of(draft), Durability.CONFIGURED)).durable())
                .isTrue();
    }
}
