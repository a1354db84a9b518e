package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Provenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Numbers outlines from 1 on, equal ones alike, so that a question is asked once of each. Thread-safe. */
final class OutlineBook {

    /** A book with more is closed and another one begun: outlines are the senders' own. */
    private static final int FULL = 100_000;

    private static final int RECENT = 1 << 10;

    /** An outline and its number. */
    private record Numbered(FalcoEvent outline, int number) {}

    /** Those asked for last, by rule and host: most events are like one that came before. */
    private final @Nullable Numbered[] recent = new Numbered[RECENT];

    private final Map<FalcoEvent, Integer> numbers = new HashMap<>();
    private final Map<Object, Object> parts = new HashMap<>();
    private final List<FalcoEvent> outlines = new ArrayList<>();

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
        outlines.add(kept);
        numbers.put(kept, outlines.size());
        return outlines.size();
    }

    /** The outline of parts that others have too: an event's own texts would stay in memory with it. */
    private FalcoEvent compact(FalcoEvent outline) {
        Provenance sender = shared(Objects.requireNonNull(outline.provenance()));
        return new FalcoEvent(
                shared(outline.rule()),
                outline.priority(),
                shared(outline.source()),
                outline.time(),
                "",
                "",
                shared(outline.tags()),
                sender.host(),
                null,
                Map.of(),
                sender);
    }

    @SuppressWarnings("unchecked")
    private <T> T shared(T part) {
        return (T) parts.computeIfAbsent(part, same -> same);
    }

    synchronized FalcoEvent outline(int number) {
        return outlines.get(number - 1);
    }

    synchronized int size() {
        return outlines.size();
    }

    boolean isFull() {
        return size() >= FULL;
    }
}
