package io.github.falcogateway.sink;

import io.github.falcogateway.event.EventReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final int FORMAT = 1;
    /** So many outdated entries may be kept beside one for each group, and so many notes. */
    private static final int SPARE = 1000;

    private static final int PARTS = 500;

    /** One note. */
    static final class Part {

        private final String name;
        private final List<Group> groups = new ArrayList<>();
        private int ends;
        /** How many of its groups are in no newer note. */
        private int current;

        private Part(String name) {
            this.name = name;
        }

        private int entries() {
            return groups.size() + ends;
        }
    }

    /** The oldest first. Its order is what tells what is outdated, so that only the oldest one may go. */
    private final Deque<Part> parts = new ArrayDeque<>();

    private final List<Group> changed = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final List<String> singles = new ArrayList<>();
    private long entries;
    private long next;

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
        Part part = new Part(NOTE + String.format("%019d", next++));
        Packed packed = new Packed().number(FORMAT).number(ended.size());
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
        add(part);
        notes.put(part.name, packed.toBuffer());
        singles.forEach(name -> notes.put(name, Buffer.buffer()));
        singles.clear();
        while (parts.getFirst().current == 0 && parts.size() > 1) {
            Part outdated = parts.removeFirst();
            entries -= outdated.entries();
            notes.put(outdated.name, Buffer.buffer());
        }
    }

    /** What is not outdated in the oldest notes is written once more where there is too much beside it. */
    private void takeUp(long most) {
        long left = entries + changes();
        int notes = parts.size();
        for (Part oldest : parts) {
            if (left <= most && notes <= PARTS) {
                return;
            }
            oldest.groups.stream().filter(group -> group.kept() == oldest).forEach(this::changed);
            left -= oldest.entries() - oldest.current;
            notes--;
        }
    }

    /** Reads the groups that notes hold. */
    Collection<Group> read(Map<String, Buffer> notes, EventReader events, Memory memory) {
        Map<String, Group> open = new LinkedHashMap<>();
        new TreeMap<>(notes).forEach((name, note) -> {
            if (name.startsWith(NOTE)) {
                read(new Part(name), new Packed.Reader(note), open, memory);
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

    private void read(Part part, Packed.Reader from, Map<String, Group> open, Memory memory) {
        next = Long.parseLong(part.name.substring(NOTE.length())) + 1;
        if (from.number() != FORMAT) {
            LOG.error("{} is of another version of the gateway, its groups are not taken up", part.name);
            return;
        }
        part.ends = from.count();
        for (int left = part.ends; left > 0; left--) {
            Group gone = open.remove(from.text());
            if (gone != null) {
                leave(gone);
            }
        }
        while (!from.isAtEnd()) {
            Group group = Group.read(from, memory);
            Group before = open.put(group.key(), group);
            if (before != null) {
                leave(before);
            }
            enter(group, part);
        }
        add(part);
    }

    private void add(Part part) {
        parts.addLast(part);
        entries += part.entries();
    }

    private static void enter(Group group, Part part) {
        group.kept(part);
        part.groups.add(group);
        part.current++;
    }

    /** The note that a group was in has it no more; whether it was in any. */
    private static boolean leave(Group group) {
        Part part = group.kept();
        if (part != null) {
            part.current--;
            group.kept(null);
        }
        return part != null;
    }
}
