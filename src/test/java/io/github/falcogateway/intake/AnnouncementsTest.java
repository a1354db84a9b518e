package io.github.falcogateway.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
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

    @Test
    void tellsWhatComesAfterAGapWithinACommitApart() {
        Announcements announcements = new Announcements(vertx);
        announcements.add(LongStream.of(1, 2, 5, 6)
                .mapToObj(id -> TestEvents.journaled(id, "r", "Error"))
                .toList());

        await().until(() -> ids().size() == 4);
        assertThat(heard).extracting(Appended::firstId).containsExactly(1L, 5L);
        assertThat(heard).extracting(Appended::lastId).containsExactly(2L, 6L);
    }

    @Test
    void waitsForARuleTableThatIsSlowerThanTheJournal() {
        Announcements announcements = new Announcements(vertx);
        AtomicLong added = new AtomicLong();
        Thread journal = adding(announcements, 30_000, added, id -> TestEvents.journaled(id, "r", "Error"));
        // Nothing is dispatched: what was added stands still but for what goes on in spite of that, four a second.
        await().until(() -> added.get() >= 8192);
        await().pollDelay(Duration.ofMillis(600)).until(() -> added.get() < 8300);

        dispatch(30_000);
        await().until(() -> !journal.isAlive());
    }

    @Test
    void countsWhatWaitsByItsBytes() {
        Announcements announcements = new Announcements(vertx);
        JournaledEvent small = TestEvents.journaled(1, "r", "Error");
        byte[] megabyte = new byte[1 << 20];
        AtomicLong added = new AtomicLong();
        Thread journal = adding(announcements, 100, added, id -> new JournaledEvent(id, small.event(), megabyte));
        await().until(() -> added.get() >= 8);
        await().pollDelay(Duration.ofMillis(600)).until(() -> added.get() < 20);

        dispatch(100);
        await().until(() -> !journal.isAlive());
    }

    /** The journal's thread, which adds so many events one by one and says how far it has come. */
    private static Thread adding(Announcements to, int events, AtomicLong added, LongFunction<JournaledEvent> event) {
        Thread journal = new Thread(() -> {
            for (long id = 1; id <= events; id++) {
                to.add(List.of(event.apply(id)));
                added.set(id);
            }
        });
        journal.start();
        return journal;
    }

    /** What is told, until it was so many events. */
    private void dispatch(int events) {
        for (int at = 0, told = 0; told < events; at++) {
            int next = at;
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> heard.size() > next);
            heard.get(at).dispatched().run();
            told += heard.get(at).events().size();
        }
    }

    private List<Long> ids() {
        return heard.stream()
                .flatMap(appended -> appended.events().stream())
                .map(event -> event.id())
                .toList();
    }
}
