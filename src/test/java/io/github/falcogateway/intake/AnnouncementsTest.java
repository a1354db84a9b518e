package io.github.falcogateway.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<Appended> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        Channel.prepare(vertx);
        new Channel<>(vertx, Addresses.JOURNAL_APPENDED, Appended.class)
                .consume(heard::add)
                .await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void tellsManyCommitsInFewerWordsAndInOrder() {
        Announcements announcements = new Announcements(vertx);
        for (long id = 1; id <= 2000; id++) {
            announcements.add(List.of(TestEvents.journaled(id, "r", "Error")));
        }

        await().until(() -> ids().size() == 2000);
        assertThat(ids()).isEqualTo(LongStream.rangeClosed(1, 2000).boxed().toList());
        assertThat(heard).hasSizeLessThan(1000);
    }

    @Test
    void tellsWhatComesAfterAGapInTheIdsApart() {
        Announcements announcements = new Announcements(vertx);
        announcements.add(List.of(TestEvents.journaled(1, "r", "Error")));
        announcements.add(List.of(TestEvents.journaled(1_000_000, "r", "Error")));

        await().until(() -> ids().size() == 2);
        assertThat(heard).extracting(Appended::firstId).containsExactly(1L, 1_000_000L);
    }

    private List<Long> ids() {
        return heard.stream()
                .flatMap(appended -> appended.events().stream())
                .map(event -> event.id())
                .toList();
    }
}
