package io.github.falcogateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Durability;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.journal.Receipt;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongFunction;
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
        assertThat(ids(await(journal.readAfter(0, Limit.of(3))))).containsExactly(1L, 2L, 3L);
        assertThat(ids(await(journal.readAfter(3, Limit.of(10))))).containsExactly(4L, 5L);
        assertThat(await(journal.readAfter(5, Limit.of(10)))).isEmpty();
        assertThat(ids(await(journal.readBefore(Long.MAX_VALUE, Limit.of(2))))).containsExactly(5L, 4L);
        assertThat(ids(await(journal.readBefore(3, Limit.of(10))))).containsExactly(2L, 1L);
        assertThat(await(journal.find(4))).extracting(JournaledEvent::id).isEqualTo(4L);
        assertThat(await(journal.find(9))).isNull();
    }

    @Test
    void cutsWhatIsReadAtOnceByBytesAndSkipsNothing() throws Exception {
        Journal journal = journal();
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            drafts.add(draft("r" + i, i % 7 == 0 ? 9000 : 100 + i * 10));
        }
        await(journal.append(drafts, Durability.CONFIGURED));
        // No memory of the newest holds those as well: they are read from where they are kept.
        for (int i = 0; i < 6; i++) {
            await(journal.append(List.of(draft("large", 900_000)), Durability.CONFIGURED));
        }
        List<Long> all = LongStream.rangeClosed(1, 66).boxed().toList();
        List<Long> newestFirst = new ArrayList<>(all);
        Collections.reverse(newestFirst);
        for (Limit limit : List.of(new Limit(1000, 5000), new Limit(5, 20_000), new Limit(3, 1), Limit.of(1000))) {
            assertThat(walk(limit, 0, place -> journal.readAfter(place, limit))).isEqualTo(all);
            assertThat(walk(limit, 0, place -> journal.history().readAfter(place, limit)))
                    .isEqualTo(all);
            assertThat(walk(limit, Long.MAX_VALUE, place -> journal.readBefore(place, limit)))
                    .isEqualTo(newestFirst);
        }
        assertThat(walk(
                        Limit.of(1000),
                        Long.MAX_VALUE,
                        place -> journal.history()
                                .read(newestFirst.stream()
                                        .filter(id -> id < place)
                                        .toList())))
                .isEqualTo(newestFirst);
    }

    /** Goes from page to page to the end, and sees that each is within the limit. */
    protected static List<Long> walk(Limit limit, long from, LongFunction<Future<List<JournaledEvent>>> read) {
        List<Long> walked = new ArrayList<>();
        long place = from;
        List<JournaledEvent> page = await(read.apply(place));
        while (!page.isEmpty()) {
            long bytes = page.stream().mapToLong(event -> event.json().length).sum();
            assertThat(page.size() == 1 || bytes <= limit.bytes())
                    .as("%d bytes within %s", bytes, limit)
                    .isTrue();
            assertThat(page).hasSizeLessThanOrEqualTo(limit.events());
            walked.addAll(ids(page));
            place = walked.get(walked.size() - 1);
            page = await(read.apply(place));
        }
        return walked;
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

    /** An event with so long an output. */
    protected static Draft draft(String rule, int output) {
        return TestEvents.draft(
                "{\"rule\":\"" + rule + "\",\"priority\":\"Error\",\"output\":\"" + "x".repeat(output) + "\"}");
    }

    protected static List<Long> ids(List<JournaledEvent> events) {
        return events.stream().map(JournaledEvent::id).toList();
    }

    public static <V> V await(Future<V> future) {
        try {
            return Patience.get(future);
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
