package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Provenance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Numbers outlines from 1 on, equal ones alike, so that a question is asked once of each. Thread-safe. */
final class OutlineBook {

    /** A book with more is closed and another one begun: outlines are the senders' own. */
    private static final int FULL = 100_000;

    /** The same for one with so many characters: texts are the senders' own as well, of up to a megabyte each. */
    private static final int ROOM = 8 << 20;
    /** Until then what is longer counts by its beginning: no name of a rule or host is as long, nor are tags together. */
    private static final int LONGEST = 1000;

    private static final int RECENT = 1 << 10;

    /** An outline and its number. */
    private record Numbered(FalcoEvent outline, int number) {}

    /** Those asked for last, by rule and host: most events are like one that came before. */
    private final @Nullable Numbered[] recent = new Numbered[RECENT];

    private final Map<FalcoEvent, Integer> numbers = new HashMap<>();
    private final Map<Object, Object> parts = new HashMap<>();
    private final List<FalcoEvent> outlines = new ArrayList<>();
    private long characters;

    /** The number of an event's outline, of an outline itself too. */
    synchronized int number(FalcoEvent event) {
        int hash = 31 * event.rule().hashCode() + event.host().hashCode();
        int slot = (hash ^ hash >>> 16) & RECENT - 1;
        Numbered before = recent[slot];
        if (before != null && event.isOutlinedBy(before.outline())) {
            return before.number();
        }
        int number = numberOf(event.outline());
        recent[slot] = new Numbered(outlines.get(number - 1), number);
        return number;
    }

    private int numberOf(FalcoEvent outline) {
        Integer known = numbers.get(outline);
        if (known != null) {
            return known;
        }
        FalcoEvent kept = compact(outline);
        return numbers.computeIfAbsent(kept, fresh -> {
            outlines.add(fresh);
            return outlines.size();
        });
    }

    /** The outline of parts that others have too: an event's own texts would stay in memory with it. */
    private FalcoEvent compact(FalcoEvent outline) {
        Provenance sender = shared(cut(Objects.requireNonNull(outline.provenance())));
        return new FalcoEvent(
                shared(cut(outline.rule())),
                outline.priority(),
                shared(cut(outline.source())),
                outline.time(),
                "",
                "",
                shared(cut(outline.tags())),
                sender.host(),
                null,
                Map.of(),
                sender);
    }

    @SuppressWarnings("unchecked")
    private <T> T shared(T part) {
        return (T) parts.computeIfAbsent(part, first -> {
            characters += length(first);
            return first;
        });
    }

    private static long length(Object part) {
        if (part instanceof Provenance sender) {
            return sender.host().length()
                    + length(sender.labels().keySet())
                    + length(sender.labels().values());
        }
        return part instanceof Collection<?> texts
                ? texts.stream().mapToLong(OutlineBook::length).sum()
                : part.toString().length();
    }

    private String cut(String text) {
        return !hasLongTexts() || text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    private List<String> cut(List<String> tags) {
        return !hasLongTexts() || length(tags) <= LONGEST
                ? tags
                : tags.stream().limit(LONGEST / 100).map(tag -> cut(tag)).toList();
    }

    private Provenance cut(Provenance sender) {
        if (!hasLongTexts() || length(sender) <= LONGEST) {
            return sender;
        }
        return new Provenance(
                sender.via(), cut(sender.host()), sender.hostFrom(), null, "", Map.of(), "", sender.receivedAt());
    }

    synchronized FalcoEvent outline(int number) {
        return outlines.get(number - 1);
    }

    synchronized int size() {
        return outlines.size();
    }

    private synchronized boolean hasLongTexts() {
        return characters >= ROOM;
    }

    boolean isFull() {
        return size() >= FULL || hasLongTexts();
    }
}
