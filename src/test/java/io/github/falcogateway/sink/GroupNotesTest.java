package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.testing.SampleEvents;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the notes hold at any moment is what the groups are, and they do not grow without end. */
class GroupNotesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Map<String, Buffer> store = new HashMap<>();
    private Groups groups = new Groups();
    private long id;

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 300})
    void aRestartAtAnyMomentFindsTheGroupsAsTheyWere(int names) {
        Random random = new Random(names);
        Instant now = NOW;
        for (int save = 0; save < 3000; save++) {
            for (int i = random.nextInt(6); i > 0; i--) {
                add("g" + (random.nextBoolean() ? 0 : random.nextInt(names)), now);
            }
            now = now.plusSeconds(1);
            for (String key : groups.due(now)) {
                groups.tell(key, groups.get(key), now);
            }
            keep();
            if (save % 100 == 0) {
                Groups again = restored();
                assertThat(told(again)).isEqualTo(told(groups));
                groups = restored();
            }
        }
        long bytes = store.values().stream().mapToLong(Buffer::length).sum();
        assertThat(bytes).isLessThan(400_000);
        assertThat(store).hasSizeLessThan(510);
    }

    @Test
    void theSameGroupsAgainAndAgainAreOneNote() {
        for (int save = 0; save < 100; save++) {
            for (int i = 0; i < 8; i++) {
                add("g" + i, NOW);
            }
            keep();
        }
        assertThat(store).hasSize(1);
        assertThat(restored().waiting()).isEqualTo(800);
    }

    @Test
    void aGroupThatNeverChangesDoesNotHoldUpAllNotes() {
        add("still", NOW);
        keep();
        for (int save = 0; save < 5000; save++) {
            add("busy", NOW);
            keep();
        }
        assertThat(store).hasSizeLessThan(510);
        assertThat(restored().waiting()).isEqualTo(5001);
        assertThat(restored().get("still").count()).isEqualTo(1);
        Memory memory = new Memory();
        Collection<Group> open = new GroupNotes().read(store, new KeptReader(), memory);
        assertThat(memory.texts().find("h1")).isNotEqualTo(Texts.NONE);
        open.forEach(Group::clear);
        // What outdated notes say is not remembered either.
        assertThat(memory.texts().find("h1")).isEqualTo(Texts.NONE);
    }

    @Test
    void anEndedGroupDoesNotComeBack() {
        add("still", NOW);
        add("gone", NOW);
        keep();
        Instant later = NOW.plus(MINUTE);
        groups.due(later).forEach(key -> groups.tell(key, groups.get(key), later));
        assertThat(groups.due(later.plus(MINUTE))).isEmpty();
        assertThat(groups.get("gone")).isNull();
        add("still", later);
        keep();
        assertThat(restored().get("gone")).isNull();
        assertThat(restored().get("still")).isNotNull();
    }

    /** What a group knew of its newest event is enough to find it. */
    @Test
    void aGroupIsKeptWithoutItsNewestEvent() {
        JournaledEvent event =
                SampleEvents.at(7).host("web-7").field("user.name", "root").build();
        groups.add("g", new Delivery(event, "r"), "group", false, () -> group(NOW));
        keep();
        assertNewest(event);
    }

    /** Groups that an older version kept, each a note, are read and kept anew. */
    @Test
    void readsWhatAnOlderVersionKept() {
        JournaledEvent event = SampleEvents.at(7).host("web-7").build();
        store.put("group g", older(event).toBuffer());
        assertNewest(event);
        groups = restored();
        keep();
        assertThat(store).hasSize(1).doesNotContainKey("group g");
        assertNewest(event);
    }

    /** Notes of one group of each form: this version reads what each version wrote, and writes its own format. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsTheFormatOfEachVersion(int format) throws Exception {
        store.put(note(0), format(format));
        Collection<Group> open = new GroupNotes().read(store, new KeptReader(), new Memory());
        Packed now = new Packed(16).number(2).number(0);
        open.forEach(group -> group.write(now));
        assertThat(now.toBuffer()).isEqualTo(format(2));
        Groups again = restored();
        assertThat(again.keys("")).hasSize(4);
        assertThat(again.waiting()).isEqualTo(24 + 3 + 3);
        String key = again.keys("group").get(0);
        Delivery message = again.tell(key, again.get(key), NOW.plus(MINUTE));
        Summary summary = Objects.requireNonNull(message.summary());
        assertThat(message.event().id()).isEqualTo(27);
        assertThat(summary.note()).isEqualTo("27 in all since 2026-11-24 10:00 UTC");
        assertThat(summary.worst()).isEqualTo(Priority.ERROR);
        assertThat(summary.values().get("host")).isEqualTo(new Counts(Map.of("web-1", 24L), 0));
        assertThat(summary.values().get("fd.name").of()).hasSize(20).containsEntry("/tmp/é1", 2L);
        assertThat(summary.values().get("fd.name").more()).isEqualTo(2);
        assertThat(again.tell("storm", again.get("storm"), NOW).summary().ids()).containsExactly("30-32");
    }

    /** A hundred thousand groups that see the same say so once. */
    @Test
    void whatManyGroupsHaveTogetherIsWrittenOnce() {
        for (int i = 0; i < 1000; i++) {
            add("group r\tnode-" + i + "\tTerminal shell in container", NOW);
        }
        keep();
        assertThat(store.get(note(0)).length()).isLessThan(1000 * 120);
        assertThat(told(restored())).isEqualTo(told(groups));
    }

    /** A version that knows its format may come back and tell what it holds. */
    @Test
    void aNoteOfAnotherVersionStays() {
        Buffer foreign = new Packed(16).number(99).toBuffer();
        store.put(note(4), foreign);
        groups = restored();
        for (int save = 0; save < 3; save++) {
            add("g", NOW);
            keep();
        }
        assertThat(store).hasSize(2).containsEntry(note(4), foreign);
        assertThat(restored().waiting()).isEqualTo(3);
    }

    @Test
    void whatAnOlderVersionKeptIsOutdatedByANote() {
        add("g", NOW);
        keep();
        Groups before = groups;
        store.put("group g", older(SampleEvents.at(7).build()).toBuffer());
        groups = restored();
        keep();
        assertThat(told(restored())).isEqualTo(told(before));
    }

    /** A group of one event. */
    private static JsonObject older(JournaledEvent event) {
        Tally tally = new Tally(null, false, new Memory());
        tally.add(event, "group");
        return new JsonObject()
                .put("form", "group")
                .put("route", "r")
                .put("filter", "")
                .put("columns", "")
                .put("listed", false)
                .put(
                        "timing",
                        new JsonObject(
                                "{\"wait\":0,\"interval\":60000,\"repeat\":60000,\"max\":0,\"per\":0,\"news\":false}"))
                .put("opened", NOW.toString())
                .put("told", null)
                .put("reminded", NOW.toString())
                .put("not_before", NOW.toString())
                .put("told_count", 0)
                .put("total", 0)
                .put("news", false)
                .put("note", "")
                .put("worst", null)
                .put("tally", tally.summary(Form.GROUP).toJson())
                .put("newest_id", 7)
                .put("newest", new String(Gist.told(Gist.of(event)).json(), StandardCharsets.UTF_8));
    }

    private static Buffer format(int number) throws IOException {
        String note = Files.readString(Path.of("src/test/resources/groups/format-" + number + ".base64"));
        return Buffer.buffer(Base64.getMimeDecoder().decode(note));
    }

    private static String note(int number) {
        return "groups " + String.format("%019d", number);
    }

    private void assertNewest(JournaledEvent event) {
        Groups again = restored();
        Delivery message = again.tell("g", again.get("g"), NOW);
        assertThat(message).isNotNull();
        assertThat(message.event().id()).isEqualTo(7);
        assertThat(message.event().event().host()).isEqualTo("web-7");
        assertThat(message.event().event().arrival())
                .isEqualTo(event.event().arrival().truncatedTo(ChronoUnit.MICROS));
        assertThat(Gist.is(message.event())).isTrue();
        // Where the journal has it no more, what is left of it can be read.
        JournaledEvent told = Gist.told(message.event());
        assertThat(new KeptReader().read(told.id(), told.json()).event().host()).isEqualTo("web-7");
    }

    private void add(String key, Instant now) {
        JournaledEvent event = SampleEvents.at(++id)
                .host("h" + id % 7)
                .field("fd.name", "/f" + id % 30)
                .build();
        groups.add(key, new Delivery(event, "r"), "group", false, () -> group(now));
    }

    private Group group(Instant now) {
        return groups.fresh(GroupAbout.of(Form.GROUP, "r"), Timing.every(Duration.ZERO, MINUTE), now);
    }

    private void keep() {
        groups.changes(store);
        store.values().removeIf(note -> note.length() == 0);
    }

    private Groups restored() {
        Groups again = new Groups();
        again.restore(Map.copyOf(store), new KeptReader());
        return again;
    }

    /** All that can be told of the groups, by name. */
    private static Map<String, List<Object>> told(Groups all) {
        Map<String, List<Object>> told = new TreeMap<>();
        for (String key : all.keys("")) {
            Packed state = new Packed(16);
            Group group = all.get(key);
            group.write(state);
            told.put(key, List.of(group.count(), group.due(), state.toBuffer()));
        }
        return told;
    }
}
