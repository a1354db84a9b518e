package io.github.falcogateway.sink;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often each value of each field was seen, in the order in which they came; a field is known by its place. There may
 * be a hundred thousand groups of a few values each: a few of a field are numbers in one array with those of all fields,
 * many in a map; both use the texts. Confined to one event loop.
 */
final class ValueCounts {

    /** The numbers of texts are below it. */
    static final int TEXTS = 1 << 24;

    private static final int FEW = 8;
    private static final int PLACE_BITS = 4;
    private static final int PLACE = (1 << PLACE_BITS) - 1;
    /** The place of a field and the number of a value; above them is a count, enough for days of the highest rate. */
    private static final long VALUE = ((long) TEXTS << PLACE_BITS) - 1;

    private static final int COUNT_BITS = Long.numberOfTrailingZeros(VALUE + 1);
    /** No value is empty: the name of those that have no count of their own. */
    private static final int MORE = Texts.EMPTY;
    /** Most groups are of one event or of alike ones, which have about as many fields with a value. */
    private static final int ROOM = 10;

    private static final int MORE_ROOM = 4;
    private static final long[] NONE = {};

    private final Texts texts;
    /** The used ones first, and zeros behind them. */
    private long[] counts = NONE;

    private @Nullable Map<String, Long> @Nullable [] many;

    /** @param texts knows the values by number */
    ValueCounts(Texts texts) {
        this.texts = texts;
    }

    /**
     * Counts events of a value.
     *
     * @param most how many values of a field have a count of their own
     * @return whether the value has one from now on
     */
    boolean add(int place, String name, long events, int most) {
        Map<String, Long> map = many(place);
        if (map != null) {
            return addToMany(map, place, name, events, most);
        }
        int number = texts.find(name);
        int at = number == Texts.NONE ? -1 : find(place, number);
        if (at >= 0) {
            counts[at] += events << COUNT_BITS;
            return false;
        }
        int seen = seen(place);
        if (seen >= FEW && seen < most) {
            return addToMany(gathered(place), place, name, events, most);
        }
        if (seen >= most || number == Texts.NONE && texts.isFull()) {
            leaveOut(place, events);
            return false;
        }
        append(place, texts.use(name), events);
        return true;
    }

    private boolean addToMany(Map<String, Long> map, int place, String name, long events, int most) {
        Long before = map.get(name);
        if (before != null) {
            map.put(name, before + events);
            return false;
        }
        if (map.size() >= most || texts.isFull() && texts.find(name) == Texts.NONE) {
            leaveOut(place, events);
            return false;
        }
        map.put(texts.text(texts.use(name)), events);
        return true;
    }

    /** Counts events of values that have no count of their own. */
    void leaveOut(int place, long events) {
        int at = find(place, MORE);
        if (at >= 0) {
            counts[at] += events << COUNT_BITS;
        } else if (events > 0) {
            append(place, MORE, events);
        }
    }

    /** The counts of a field; null where it was not seen. */
    @Nullable
    Counts of(int place) {
        int at = find(place, MORE);
        long more = at < 0 ? 0 : counts[at] >>> COUNT_BITS;
        Map<String, Long> all = many(place);
        if (all == null) {
            all = new LinkedHashMap<>();
            for (long each : counts) {
                if (isOf(place, each) && number(each) != MORE) {
                    all.put(texts.text(number(each)), each >>> COUNT_BITS);
                }
            }
        }
        return all.isEmpty() && more == 0 ? null : new Counts(all, more);
    }

    /** The value of a field that came first; empty where there is none. */
    String first(int place) {
        Map<String, Long> map = many(place);
        if (map != null) {
            return map.keySet().iterator().next();
        }
        for (long each : counts) {
            if (isOf(place, each) && number(each) != MORE) {
                return texts.text(number(each));
            }
        }
        return "";
    }

    /** Writes the counts of a field: how many events have further values, how many values there are, and each. */
    void write(int place, Packed to) {
        int more = find(place, MORE);
        to.number(more < 0 ? 0 : counts[more] >>> COUNT_BITS);
        Map<String, Long> map = many(place);
        if (map != null) {
            to.number(map.size());
            map.forEach((name, count) -> to.shared(name).number(count));
            return;
        }
        to.number(seen(place));
        for (long each : counts) {
            if (isOf(place, each) && number(each) != MORE) {
                to.shared(texts.text(number(each))).number(each >>> COUNT_BITS);
            }
        }
    }

    /** Forgets all, and keeps the room for as much again. */
    void clear() {
        for (long each : counts) {
            texts.release(number(each));
        }
        Arrays.fill(counts, 0);
        if (many != null) {
            for (Map<String, Long> map : many) {
                if (map != null) {
                    map.keySet().forEach(name -> texts.release(texts.find(name)));
                }
            }
            many = null;
        }
    }

    private int find(int place, int number) {
        long value = (long) number << PLACE_BITS | place;
        for (int i = 0; i < counts.length && counts[i] != 0; i++) {
            if ((counts[i] & VALUE) == value) {
                return i;
            }
        }
        return -1;
    }

    /** How many values of the field are in the array. */
    private int seen(int place) {
        int seen = 0;
        for (long each : counts) {
            seen += isOf(place, each) && number(each) != MORE ? 1 : 0;
        }
        return seen;
    }

    /** Zero is a free place: a value's number is not zero, nor is the count of those that have none. */
    private static boolean isOf(int place, long each) {
        return each != 0 && (each & PLACE) == place;
    }

    private static int number(long each) {
        return (int) ((each & VALUE) >>> PLACE_BITS);
    }

    private void append(int place, int number, long events) {
        int at = 0;
        while (at < counts.length && counts[at] != 0) {
            at++;
        }
        if (at == counts.length) {
            counts = Arrays.copyOf(counts, at == 0 ? ROOM : at + MORE_ROOM);
        }
        counts[at] = events << COUNT_BITS | (long) number << PLACE_BITS | place;
    }

    private @Nullable Map<String, Long> many(int place) {
        return many == null ? null : many[place];
    }

    /** Moves the values of a field into a map. */
    private Map<String, Long> gathered(int place) {
        Map<String, Long> map = new LinkedHashMap<>();
        int left = 0;
        for (long each : counts) {
            if (isOf(place, each) && number(each) != MORE) {
                map.put(texts.text(number(each)), each >>> COUNT_BITS);
            } else {
                counts[left++] = each;
            }
        }
        Arrays.fill(counts, left, counts.length, 0);
        @Nullable Map<String, Long>[] all = many;
        if (all == null) {
            all = new Map[PLACE + 1];
            many = all;
        }
        all[place] = map;
        return map;
    }
}
