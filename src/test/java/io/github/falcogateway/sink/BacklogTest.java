package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.testing.SampleEvents;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static Delivery delivery(long id, int bytes) {
        JournaledEvent event = SampleEvents.at(id).build();
        return new Delivery(new JournaledEvent(id, event.event(), new byte[bytes]), "");
    }

    @Test
    void holdsNoMoreBytesThanItMay() {
        Backlog backlog = new Backlog(() -> new Limit(10, 1000), 0, 0);
        backlog.offer(new SinkBatch(1, 2, List.of(delivery(1, 400), delivery(2, 600))));
        assertThat(backlog.size()).isEqualTo(2);
        backlog.done(1);
        backlog.offer(new SinkBatch(3, 3, List.of(delivery(3, 401))));
        assertThat(backlog.seen()).isEqualTo(2);
        assertThat(backlog.wantsMore()).isFalse();
        backlog.done(1);
        assertThat(backlog.wantsMore()).isTrue();
        backlog.fill(List.of(delivery(3, 401)), 3);
        backlog.offer(new SinkBatch(4, 4, List.of(delivery(4, 599))));
        assertThat(backlog.seen()).isEqualTo(4);
    }

    @Test
    void handsOutNoMoreBytesThanABatchHasButOneEventAlways() {
        Backlog backlog = new Backlog(() -> new Limit(10, 1000), 0, 0);
        backlog.fill(List.of(delivery(1, 300), delivery(2, 200), delivery(3, 600), delivery(4, 10)), 4);
        Limit batch = new Limit(3, 500);
        assertThat(backlog.next(batch)).extracting(Delivery::size).containsExactly(300, 200);
        backlog.done(2);
        assertThat(backlog.next(batch)).extracting(Delivery::size).containsExactly(600);
        backlog.done(1);
        assertThat(backlog.next(batch)).extracting(Delivery::size).containsExactly(10);
    }

    private static SinkBatch batch(long first, long last) {
        return new SinkBatch(first, last, List.of());
    }

    @Test
    void followsWhatIsAnnouncedInOrder() {
        Backlog backlog = new Backlog(() -> Limit.of(10), 5, 5);
        backlog.offer(batch(6, 8));
        assertThat(backlog.seen()).isEqualTo(8);
        assertThat(backlog.wantsMore()).isFalse();
    }

    @Test
    void readsTheJournalAfterAGap() {
        Backlog backlog = new Backlog(() -> Limit.of(10), 5, 5);
        backlog.offer(batch(7, 8));
        assertThat(backlog.seen()).isEqualTo(5);
        assertThat(backlog.wantsMore()).isTrue();
    }

    @Test
    void takesNothingForGoneThatWasAnnouncedWhileItRead() {
        Backlog backlog = new Backlog(() -> Limit.of(10), 5, 6);
        backlog.offer(batch(7, 9));
        // A reading that began when the journal ended with 6 and found nothing.
        backlog.reachedEnd(6);
        assertThat(backlog.seen()).isEqualTo(6);
        assertThat(backlog.wantsMore()).isTrue();
        backlog.reachedEnd(9);
        assertThat(backlog.wantsMore()).isFalse();
    }
}
