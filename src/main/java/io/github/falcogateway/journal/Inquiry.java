package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One search through the blocks of the index; remembers what it has decided about outlines. Confined to one thread. */
final class Inquiry {

    /** An outline that is not asked for. */
    static final Tally REFUSED = (id, nanos) -> {};

    private static final Tally FOUND = (id, nanos) -> {};

    private final Search search;
    private final long from;
    private final long to;
    private final Function<FalcoEvent, @Nullable Tally> tallies;
    private final Map<OutlineBook, Tally[]> decided = new IdentityHashMap<>();

    /** Looks for places. */
    Inquiry(Search search) {
        this(search, outline -> FOUND);
    }

    /** Counts. */
    Inquiry(Search search, Function<FalcoEvent, @Nullable Tally> tallies) {
        this.search = search;
        this.from = search.from();
        this.to = search.to();
        this.tallies = tallies;
    }

    /** What was decided about the outlines of a book, by number; null where nothing was yet. */
    @Nullable
    Tally[] decided(OutlineBook book) {
        Tally[] known = decided.computeIfAbsent(book, first -> new Tally[book.size() + 1]);
        if (known.length <= book.size()) {
            known = Arrays.copyOf(known, book.size() + 1);
            decided.put(book, known);
        }
        return known;
    }

    /** What counts the outline; {@link #REFUSED} where it is not asked for. */
    Tally decide(FalcoEvent outline) {
        Tally tally = search.outline().test(outline) ? tallies.apply(outline) : null;
        return tally == null ? REFUSED : tally;
    }

    /** Whether all times from the earliest to the latest are outside. */
    boolean outside(long earliest, long latest) {
        return from > latest || to <= earliest;
    }

    boolean within(long nanos) {
        return nanos >= from && nanos < to;
    }

    /** Whether the outline fits with this time, where the condition asks about both. */
    boolean timely(OutlineBook book, int number, long nanos) {
        Predicate<FalcoEvent> timed = search.timed();
        return timed == null || timed.test(Outlines.at(book.outline(number), nanos));
    }
}
