package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.journal.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a disk refuses to keep is kept with the next place, and never instead of what is newer. */
class BookmarkTest {

    private final List<Promise<Void>> commits = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();
    private final List<Map<String, Buffer>> notes = new ArrayList<>();
    private final Bookmark bookmark = new Bookmark("s", store());

    @Test
    void keepsWithTheNextPlaceWhatCouldNotBeKept() {
        save(10, "a", "1", "b", "1");
        commits.get(0).fail("no room");
        assertThat(bookmark.isSaved(10)).isFalse();
        save(20, "b", "2");
        assertThat(notes.get(1)).isEqualTo(map("a", "1", "b", "2"));
        commits.get(1).complete();
        assertThat(bookmark.isSaved(20)).isTrue();
        save(30, "c", "3");
        assertThat(notes.get(2)).isEqualTo(map("c", "3"));
    }

    @Test
    void leavesWhatIsNewerAsItIs() {
        save(10, "a", "1", "b", "1");
        save(20, "a", "2");
        assertThat(bookmark.isBusy()).isTrue();
        commits.get(0).fail("no room");
        commits.get(1).complete();
        assertThat(bookmark.isBusy()).isFalse();
        save(30);
        assertThat(notes.get(2)).isEqualTo(map("b", "1"));
    }

    @Test
    void keepsNoPlaceAfterALaterOne() {
        Promise<Void> slow = Promise.promise();
        bookmark.save(10, Map.of(), slow.future());
        bookmark.save(20, Map.of(), Future.succeededFuture());
        slow.complete();
        assertThat(places).containsExactly(10L, 20L);
    }

    @Test
    void keepsNoPlaceOnceItIsForgotten() {
        Promise<Void> slow = Promise.promise();
        bookmark.save(10, Map.of(), slow.future());
        assertThat(bookmark.forget().succeeded()).isTrue();
        slow.complete();
        assertThat(places).isEmpty();
    }

    @Test
    void savesLessOftenWhatTakesLonger() {
        assertThat(Bookmark.pauseNanos(0)).isEqualTo(250_000_000);
        assertThat(Bookmark.pauseNanos(1250)).isEqualTo(250_000_000);
        assertThat(Bookmark.pauseNanos(5000)).isEqualTo(1_000_000_000);
        assertThat(Bookmark.pauseNanos(1_000_000)).isEqualTo(2_000_000_000);
    }

    /** A store whose commits end as the test says. */
    private Store store() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("forget")) {
                        return Future.succeededFuture();
                    }
                    assertThat(method.getName()).isEqualTo("commit");
                    places.add((Long) arguments[1]);
                    Map<String, Buffer> committed = new HashMap<>();
                    ((Map<?, ?>) arguments[3]).forEach((name, note) -> committed.put((String) name, (Buffer) note));
                    notes.add(committed);
                    Promise<Void> commit = Promise.promise();
                    commits.add(commit);
                    return commit.future();
                });
    }

    private void save(long place, String... namesAndTexts) {
        bookmark.save(place, map(namesAndTexts), Future.succeededFuture());
    }

    private static Map<String, Buffer> map(String... namesAndTexts) {
        Map<String, Buffer> map = new HashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            map.put(namesAndTexts[i], Buffer.buffer(namesAndTexts[i + 1]));
        }
        return map;
    }
}
