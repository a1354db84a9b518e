package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers outlines from 1 on, equal ones alike, so that a question is asked once of each. An outline is a kind of event
 * and a sender: many hosts times many rules are as many numbers and not as many objects. Thread-safe.
 */
final class OutlineBook {

    /** What an outline has beside its sender. */
    record Kind(String rule, Priority priority, String source, List<String> tags) {

        static Kind of(FalcoEvent event) {
            return new Kind(event.rule(), event.priority(), event.source(), event.tags());
        }
    }

    /** A book with more is closed and another one begun: outlines are the senders' own. */
    private static final int FULL = 100_000;

    /** The same for one with so many characters: texts are the senders' own as well, of up to a megabyte each. */
    static final int ROOM = 8 << 20;
    /** Until then what is longer counts by its beginning: no name of a rule or host is as long, nor are tags together. */
    private static final int LONGEST = 1000;

    private static final int RECENT = 1 << 10;

    /** The numbers asked for last, by rule and host, with the hash of both: most events are like one that came before. */
    private final long[] recent = new long[RECENT];

    private final OutlineSenders senders;
    private final Map<Kind, Integer> kinds = new HashMap<>();
    private final List<Kind> byKind = new ArrayList<>();
    /** By number, from 1 on: the kind's number in the higher half, the sender's in the lower one. */
    private long[] outlines = new long[64];

    private final NumberSlots slots = new NumberSlots();

    private int size;
    private long characters;

    OutlineBook() {
        this(new OutlineSenders());
    }

    private OutlineBook(OutlineSenders senders) {
        this.senders = senders;
    }

    /** The one after this. */
    OutlineBook next() {
        return senders.isFull() ? new OutlineBook() : new OutlineBook(senders);
    }

    /** The number of an event's outline, of an outline itself too. */
    synchronized int number(FalcoEvent event) {
        int hash = 31 * event.rule().hashCode() + event.host().hashCode();
        int place = (hash ^ hash >>> 16) & RECENT - 1;
        long before = recent[place];
        if (before != 0 && before >> Integer.SIZE == hash && is((int) before, event)) {
            return (int) before;
        }
        FalcoEvent bounded = hasLongTexts() ? cut(event) : event;
        Kind kind = Kind.of(bounded);
        Integer known = kinds.putIfAbsent(kind, byKind.size());
        if (known == null) {
            byKind.add(kind);
            characters += kind.rule().length() + kind.source().length() + length(kind.tags());
        }
        long higher = known == null ? byKind.size() - 1 : known;
        int number = number(higher << Integer.SIZE | senders.number(bounded));
        recent[place] = (long) hash << Integer.SIZE | number;
        return number;
    }

    private static FalcoEvent cut(FalcoEvent event) {
        Provenance sender = event.provenance();
        boolean labelled = sender != null && length(sender.labels().values()) > LONGEST;
        List<String> tags = event.tags();
        if (!labelled
                && event.rule().length() <= LONGEST
                && event.source().length() <= LONGEST
                && length(tags) <= LONGEST) {
            return event;
        }
        Provenance bare = sender == null || !labelled
                ? sender
                : new Provenance(
                        sender.via(), sender.host(), sender.hostFrom(), null, "", Map.of(), "", sender.receivedAt());
        return new FalcoEvent(
                cut(event.rule()),
                event.priority(),
                cut(event.source()),
                event.time(),
                "",
                "",
                length(tags) <= LONGEST
                        ? tags
                        : tags.stream()
                                .limit(LONGEST / 100)
                                .map(tag -> cut(tag))
                                .toList(),
                event.hostname(),
                null,
                Map.of(),
                bare);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    static long length(Collection<String> texts) {
        return texts.stream().mapToLong(String::length).sum();
    }

    private boolean is(int number, FalcoEvent event) {
        Kind kind = byKind.get(kind(number));
        return kind.rule().equals(event.rule())
                && kind.priority() == event.priority()
                && kind.source().equals(event.source())
                && kind.tags().equals(event.tags())
                && senders.is(sender(number), event);
    }

    private int number(long outline) {
        int hash = hash(outline);
        int at = slots.first(hash);
        for (; slots.isTaken(at); at = slots.next(at)) {
            if (slots.isOf(at, hash) && outlines[slots.at(at)] == outline) {
                return slots.at(at);
            }
        }
        if (size + 1 == outlines.length) {
            outlines = Arrays.copyOf(outlines, 2 * outlines.length);
        }
        outlines[++size] = outline;
        slots.put(at, hash, size);
        return size;
    }

    private static int hash(long outline) {
        long hash = outline * 0x9E3779B97F4A7C15L;
        return (int) (hash ^ hash >>> Integer.SIZE);
    }

    private int kind(int number) {
        return (int) (outlines[number] >> Integer.SIZE);
    }

    private int sender(int number) {
        return (int) outlines[number];
    }

    synchronized FalcoEvent outline(int number) {
        Kind kind = byKind.get(kind(number));
        Provenance sender = senders.get(sender(number));
        return new FalcoEvent(
                kind.rule(),
                kind.priority(),
                kind.source(),
                Instant.EPOCH,
                "",
                "",
                kind.tags(),
                sender.host(),
                null,
                Map.of(),
                sender);
    }

    /** The outlines of these numbers with their parts, equal parts once. */
    synchronized OutlineParts parts(int[] numbers, int count) {
        OutlineParts parts = new OutlineParts(count, byKind.size(), senders.size());
        for (int i = 0; i < count; i++) {
            int kind = kind(numbers[i]);
            int sender = sender(numbers[i]);
            parts.add(kind, byKind.get(kind), sender, senders);
        }
        return parts;
    }

    synchronized int size() {
        return size;
    }

    private synchronized boolean hasLongTexts() {
        return characters + senders.characters() >= ROOM;
    }

    boolean isFull() {
        return size() >= FULL || hasLongTexts();
    }
}
