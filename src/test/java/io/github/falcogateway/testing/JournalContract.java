package io.github.falcogateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Durability;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.Receipt;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every journal keeps to. */
public abstract class JournalContract {

    /** An empty journal, closed by the implementation's own test. */
    protected abstract Journal journal() throws Exception;

    @Test
    void givesIdsFromOneInOrder() throws Exception {
        Journal journal = journal();
        assertThat(append(journal, 2)).isEqualTo(new Receipt(1, 2, true));
        assertThat(append(journal, 1)).isEqualTo(new Receipt(3, 3, true));
        assertThat(journal.state().lastId()).isEqualTo(3);
    }

    @Test
    void readsForwardAndBackward() throws Exception {
        Journal journal = journal();
        append(journal, 5);
        assertThat(ids(await(journal.readAfter(0, 3)))).containsExactly(1L, 2L, 3L);
        assertThat(ids(await(journal.readAfter(3, 10)))).containsExactly(4L, 5L);
        assertThat(await(journal.readAfter(5, 10))).isEmpty();
        assertThat(ids(await(journal.readBefore(Long.MAX_VALUE, 2)))).containsExactly(5L, 4L);
        assertThat(ids(await(journal.readBefore(3, 10)))).containsExactly(2L, 1L);
        assertThat(await(journal.find(4))).extracting(JournaledEvent::id).isEqualTo(4L);
        assertThat(await(journal.find(9))).isNull();
    }

    @Test
    void announcesEveryEventOnceAndInOrder() throws Exception {
        Journal journal = journal();
        List<Long> heard = Collections.synchronizedList(new ArrayList<>());
        journal.onAppended(events -> events.forEach(event -> heard.add(event.id())));
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < 4; sender++) {
            Thread thread = new Thread(() -> {
                List<Future<Receipt>> answers = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    answers.add(journal.append(List.of(draft("r" + i)), Durability.CONFIGURED));
                }
                answers.forEach(answer -> assertThat(await(answer).durable()).isTrue());
            });
            thread.start();
            senders.add(thread);
        }
        for (Thread sender : senders) {
            sender.join();
        }
        org.awaitility.Awaitility.await().until(() -> heard.size() == 2000);
        assertThat(heard)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2000).boxed().toList());
    }

    protected static Receipt append(Journal journal, int events) {
        return await(journal.append(
                java.util.stream.IntStream.range(0, events)
                        .mapToObj(i -> draft("r" + i))
                        .toList(),
                Durability.CONFIGURED));
    }

    public static Draft draft(String rule) {
        return TestEvents.draft("{\"rule\":\"" + rule + "\",\"priority\":\"Error\"}");
    }

    protected static List<Long> ids(List<JournaledEvent> events) {
        return events.stream().map(JournaledEvent::id).toList();
    }

    public static <V> V await(Future<V> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(failed);
        } catch (InterruptedException | java.util.concurrent.TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }
}
