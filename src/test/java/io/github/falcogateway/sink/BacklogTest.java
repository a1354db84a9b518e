package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static SinkBatch batch(long first, long last) {
        return new SinkBatch(first, last, List.of());
    }

    @Test
    void followsWhatIsAnnouncedInOrder() {
        Backlog backlog = new Backlog(10, 5, 5);
        backlog.offer(batch(6, 8));
        assertThat(backlog.seen()).isEqualTo(8);
        assertThat(backlog.wantsMore()).isFalse();
    }

    @Test
    void readsTheJournalAfterAGap() {
        Backlog backlog = new Backlog(10, 5, 5);
        backlog.offer(batch(7, 8));
        assertThat(backlog.seen()).isEqualTo(5);
        assertThat(backlog.wantsMore()).isTrue();
    }

    @Test
    void takesNothingForGoneThatWasAnnouncedWhileItRead() {
        Backlog backlog = new Backlog(10, 5, 6);
        backlog.offer(batch(7, 9));
        // A reading that began when the journal ended with 6 and found nothing.
        backlog.reachedEnd(6);
        assertThat(backlog.seen()).isEqualTo(6);
        assertThat(backlog.wantsMore()).isTrue();
        backlog.reachedEnd(9);
        assertThat(backlog.wantsMore()).isFalse();
    }
}
