package io.github.falcogateway.sink;

import io.github.falcogateway.event.EventReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open groups as notes, a log: each note holds the groups that changed since the one before, so that a hundred
 * thousand groups are some rows of the store and not as many. The oldest note goes once newer ones have all that is in
 * it; where most of what is kept is outdated, what is not of the oldest ones is written anew. Confined to one event loop.
 */
final class GroupNotes {

    private static final Logger LOG = LoggerFactory.getLogger(GroupNotes.class);
    private static final String NOTE = "groups ";
    /** A note of one group alone, as older versions wrote them. */
    private static final String SINGLE = "group ";
    /** What {@link Group#write} and {@link Tally#write} write; another order or meaning is another number. */
    private static final int FORMAT = 2;
    /** The same with each text and time whole. */
    private static final int PLAIN = 1;
    /** So many outdated entries may be kept beside one for each group, and so many notes. */
    private static final int SPARE = 1000;

    private static final int PARTS = 500;
    /** The number of no note. */
    static final long NONE = -1;

    /** One note. */
    private static final class Part {

        private final long number;
        private final List<Group> groups = new ArrayList<>();
        private int ends;
        /** How many of its groups are in no newer note. */
        private int current;

        private Part(long number) {
            this.number = number;
        }

        private int entries() {
            return groups.size() + ends;
        }
    }

    /** By number, the oldest first. Their order is what tells what is outdated, so that only the oldest one may go. */
    private final NavigableMap<Long, Part> parts = new TreeMap<>();

    private final List<Group> changed = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final List<String> singles = new ArrayList<>();
    private long entries;
    private long next;
    /** The bytes that the next note takes, as far as the last ones tell. */
    private int room = 1024;

    /** A group is not what a note says of it. */
    void changed(Group group) {
        if (!group.isChanged()) {
            group.changed(true);
            changed.add(group);
        }
    }

    /** A group is no more. */
    void ended(Group group) {
        if (leave(group)) {
            ended.add(group.key());
        }
        group.changed(false);
    }

    /** How many changes no note has yet. */
    int changes() {
        return changed.size() + ended.size();
    }

    /**
     * Adds a note with all changes, and empty ones for those that go.
     *
     * @param open how many groups are open
     */
    void write(int open, Map<String, Buffer> notes) {
        if (changes() == 0) {
            return;
        }
        takeUp(2L * open + SPARE);
        Part part = begin(next++);
        Packed packed = new Packed(room).number(FORMAT).number(ended.size());
        ended.forEach(packed::text);
        part.ends = ended.size();
        for (Group group : changed) {
            if (group.isChanged()) {
                leave(group);
                enter(group, part);
                group.changed(false);
                group.write(packed);
            }
        }
        ended.clear();
        changed.clear();
        entries += part.entries();
        Buffer note = packed.toBuffer();
        room = Math.max(room / 2, note.length() + note.length() / 8);
        notes.put(name(part.number), note);
        singles.forEach(name -> notes.put(name, Buffer.buffer()));
        singles.clear();
        while (parts.size() > 1 && parts.firstEntry().getValue().current == 0) {
            Part outdated = parts.pollFirstEntry().getValue();
            entries -= outdated.entries();
            notes.put(name(outdated.number), Buffer.buffer());
        }
    }

    /** What is not outdated in the oldest notes is written once more where there is too much beside it. */
    private void takeUp(long most) {
        long left = entries + changes();
        int notes = parts.size();
        for (Part oldest : parts.values()) {
            if (left <= most && notes <= PARTS) {
                return;
            }
            oldest.groups.stream()
                    .filter(group -> group.kept() == oldest.number)
                    .forEach(this::changed);
            left -= oldest.entries() - oldest.current;
            notes--;
        }
    }

    /** Reads the groups that notes hold. */
    Collection<Group> read(Map<String, Buffer> notes, EventReader events, Memory memory) {
        Map<String, Group> open = new LinkedHashMap<>();
        new TreeMap<>(notes).forEach((name, note) -> {
            if (name.startsWith(NOTE)) {
                read(Long.parseLong(name.substring(NOTE.length())), new Packed.Reader(note), open, memory);
            } else if (name.startsWith(SINGLE)) {
                Group group = Group.read(new JsonObject(note), events, memory);
                group.key(name.substring(SINGLE.length()));
                open.put(group.key(), group);
                changed(group);
                singles.add(name);
            }
        });
        return open.values();
    }

    private void read(long number, Packed.Reader from, Map<String, Group> open, Memory memory) {
        next = number + 1;
        long format = from.number();
        if (format == PLAIN) {
            from.plain();
        } else if (format != FORMAT) {
            // It stays in the store, none of the parts that may go: that version may come back.
            LOG.error("{} is of another version of the gateway, its groups are not taken up", name(number));
            return;
        }
        Part part = begin(number);
        part.ends = from.count();
        for (int left = part.ends; left > 0; left--) {
            Group gone = open.remove(from.text());
            if (gone != null) {
                forget(gone);
            }
        }
        while (!from.isAtEnd()) {
            Group group = Group.read(from, memory);
            Group before = open.put(group.key(), group);
            if (before != null) {
                forget(before);
            }
            enter(group, part);
        }
        entries += part.entries();
    }

    private static String name(long number) {
        return NOTE + String.format("%019d", number);
    }

    private Part begin(long number) {
        Part part = new Part(number);
        parts.put(number, part);
        return part;
    }

    /** A group that was read is outdated. */
    private void forget(Group outdated) {
        leave(outdated);
        outdated.changed(false);
        outdated.clear();
    }

    private static void enter(Group group, Part part) {
        group.kept(part.number);
        part.groups.add(group);
        part.current++;
    }

    /** The note that a group was in has it no more; whether it was in any. */
    private boolean leave(Group group) {
        Part part = group.kept() == NONE ? null : parts.get(group.kept());
        if (part != null) {
            part.current--;
            group.kept(NONE);
        }
        return part != null;
    }
}
