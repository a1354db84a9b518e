package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The outline and the time of each of up to 65,536 events whose ids follow one another. Thread-safe. */
final class IndexBlock {

    static final int SIZE = 1 << 16;

    private static final int FORMAT = 0x46474933;
    /** Of so many events the latest arrival is kept. */
    private static final int STEP = 1 << 10;

    private static final int STEPS = SIZE / STEP;
    private static final int ARRIVALS = Integer.BYTES + Long.BYTES + Integer.BYTES;
    private static final int HEADER = ARRIVALS + STEPS * Long.BYTES;
    private static final int ROWS = SIZE * (Integer.BYTES + Long.BYTES);

    private final long base;
    private final OutlineBook book;
    /** For each place the number of its outline in the book; 0 where there is no event. */
    private final int[] outline = new int[SIZE];

    private final long[] time = new long[SIZE];
    /** When the last one of each step came in by the gateway's clock, which may have been set back since. */
    private final long[] arrivals = new long[STEPS];

    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    IndexBlock(long base, OutlineBook book) {
        this.base = base;
        this.book = book;
        Arrays.fill(arrivals, Long.MIN_VALUE);
    }

    /** The first id of the block that an id is in. */
    static long base(long id) {
        return id & -SIZE;
    }

    long base() {
        return base;
    }

    /** Whether it holds no event, as where ids were left out after damage. */
    boolean isEmpty() {
        return earliest == Long.MAX_VALUE;
    }

    /** From when to when its events are. */
    synchronized History.Span span() {
        return new History.Span(earliest, latest);
    }

    /** Takes an event of this block. */
    synchronized void add(JournaledEvent event) {
        int at = (int) (event.id() - base);
        long arrival = Outlines.nanos(event.event().arrival());
        arrivals[at / STEP] = Math.max(arrivals[at / STEP], arrival);
        put(at, book.number(event.event()), Outlines.nanos(event.event().time()));
    }

    private void put(int at, int number, long nanos) {
        outline[at] = number;
        time[at] = nanos;
        earliest = Math.min(earliest, nanos);
        latest = Math.max(latest, nanos);
    }

    /** When the last of all came in. */
    synchronized long arrived() {
        return Arrays.stream(arrivals).max().getAsLong();
    }

    /** A place at most a few events before the first that came in at a time or later; its end where none did. */
    synchronized long arrivedFrom(long nanos) {
        int step = 0;
        while (step < STEPS && arrivals[step] < nanos) {
            step++;
        }
        return base + (long) step * STEP - 1;
    }

    /** Adds the places of events that may be asked for, newest first, until there are {@code max}. */
    synchronized void find(Inquiry inquiry, long beforeId, int max, List<Long> found) {
        if (inquiry.outside(earliest, latest)) {
            return;
        }
        @Nullable Tally[] decided = inquiry.decided(book);
        for (int at = (int) Math.min(SIZE, beforeId - base) - 1; at >= 0 && found.size() < max; at--) {
            if (tally(inquiry, decided, at) != null) {
                found.add(base + at);
            }
        }
    }

    /** The span with the events from an id on that may be asked for. */
    synchronized History.Span widened(History.Span span, Inquiry inquiry, long firstId) {
        if (inquiry.outside(earliest, latest) || span.holds(span())) {
            return span;
        }
        long from = span.earliest();
        long to = span.latest();
        @Nullable Tally[] decided = inquiry.decided(book);
        for (int at = (int) Math.max(0, firstId - base); at < SIZE; at++) {
            if ((time[at] < from || time[at] > to) && tally(inquiry, decided, at) != null) {
                from = Math.min(from, time[at]);
                to = Math.max(to, time[at]);
            }
        }
        return new History.Span(from, to);
    }

    /** Counts the events from an id on that are asked for. */
    synchronized void tally(Inquiry inquiry, long firstId) {
        if (inquiry.outside(earliest, latest)) {
            return;
        }
        @Nullable Tally[] decided = inquiry.decided(book);
        for (int at = (int) Math.max(0, firstId - base); at < SIZE; at++) {
            Tally tally = tally(inquiry, decided, at);
            if (tally != null) {
                tally.count(base + at, time[at]);
            }
        }
    }

    /** What counts the event at a place; null where it is not asked for. */
    private @Nullable Tally tally(Inquiry inquiry, @Nullable Tally[] decided, int at) {
        int number = outline[at];
        if (number == 0 || !inquiry.within(time[at])) {
            return null;
        }
        Tally tally = decided[number];
        if (tally == null) {
            tally = inquiry.decide(book.outline(number));
            decided[number] = tally;
        }
        return tally == Inquiry.REFUSED || !inquiry.timely(book, number, time[at]) ? null : tally;
    }

    /** The block as a file holds it, with its sum at the end. */
    synchronized byte[] encode() throws IOException {
        int[] places = new int[book.size() + 1];
        int[] named = new int[SIZE];
        int count = 0;
        int[] numbers = new int[SIZE];
        for (int at = 0; at < SIZE; at++) {
            int number = outline[at];
            if (number > 0) {
                if (places[number] == 0) {
                    named[count++] = number;
                    places[number] = count;
                }
                numbers[at] = places[number];
            }
        }
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        book.parts(named, count).write(new DataOutputStream(names));
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + ROWS + names.size() + Long.BYTES);
        bytes.putInt(FORMAT).putLong(base).putInt(count);
        bytes.asLongBuffer().put(arrivals);
        bytes.position(HEADER).asIntBuffer().put(numbers);
        bytes.position(HEADER + SIZE * Integer.BYTES).asLongBuffer().put(time);
        bytes.position(HEADER + ROWS).put(names.toByteArray());
        return bytes.putLong(sum(bytes.array())).array();
    }

    /**
     * Reads a block.
     *
     * @throws IOException where the bytes are damaged, of another format or of another block
     */
    static IndexBlock decode(byte[] bytes, long base, OutlineBook book) throws IOException {
        ByteBuffer from = checked(bytes, base);
        int count = from.getInt();
        int names = HEADER + ROWS;
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, names, bytes.length - names));
        int[] numbers = new int[count + 1];
        int next = 1;
        for (FalcoEvent each : Outlines.read(count, in)) {
            numbers[next++] = book.number(each);
        }
        IndexBlock block = new IndexBlock(base, book);
        from.position(ARRIVALS).asLongBuffer().get(block.arrivals);
        for (int at = 0; at < SIZE; at++) {
            int number = from.getInt(HEADER + at * Integer.BYTES);
            if (number > 0) {
                block.put(at, numbers[number], time(from, at));
            }
        }
        return block;
    }

    /**
     * From when to when the events of a block are that a file holds.
     *
     * @throws IOException as {@link #decode}
     */
    static History.Span span(byte[] bytes, long base) throws IOException {
        ByteBuffer from = checked(bytes, base);
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        for (int at = 0; at < SIZE; at++) {
            if (from.getInt(HEADER + at * Integer.BYTES) > 0) {
                long nanos = time(from, at);
                earliest = Math.min(earliest, nanos);
                latest = Math.max(latest, nanos);
            }
        }
        return new History.Span(earliest, latest);
    }

    /** When the last event of a block came in that a file holds, of bytes that are right. */
    static long arrived(byte[] bytes) {
        long[] arrivals = new long[STEPS];
        ByteBuffer.wrap(bytes).position(ARRIVALS).asLongBuffer().get(arrivals);
        return Arrays.stream(arrivals).max().getAsLong();
    }

    /** The time of a place in a block's bytes; earlier versions wrote one that no search came to. */
    private static long time(ByteBuffer from, int at) {
        return Math.min(Outlines.LATEST, from.getLong(HEADER + SIZE * Integer.BYTES + at * Long.BYTES));
    }

    /** The bytes after format and first id, which are right. */
    private static ByteBuffer checked(byte[] bytes, long base) throws IOException {
        if (bytes.length < HEADER + ROWS + Long.BYTES) {
            throw new IOException("cut short");
        }
        ByteBuffer from = ByteBuffer.wrap(bytes);
        if (from.getLong(bytes.length - Long.BYTES) != sum(bytes)
                || from.getInt() != FORMAT
                || from.getLong() != base) {
            throw new IOException("damaged, or of another version");
        }
        return from;
    }

    private static long sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, bytes.length - Long.BYTES);
        return sum.getValue();
    }
}
