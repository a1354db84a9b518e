package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The outline and the time of each of up to 65,536 events whose ids follow one another. Thread-safe. */
final class IndexBlock {

    static final int SIZE = 1 << 16;

    private static final int FORMAT = 0x46474932;
    private static final int HEADER = Integer.BYTES + Long.BYTES + Integer.BYTES;
    private static final int ROWS = SIZE * (Integer.BYTES + Long.BYTES);

    private final long base;
    private final List<FalcoEvent> outlines = new ArrayList<>();
    private final Map<FalcoEvent, Integer> numbers = new HashMap<>();
    /** For each place the number of its outline, from 1 on; 0 where there is no event. */
    private final int[] outline;

    private final long[] time;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    private IndexBlock(long base, int[] outline, long[] time) {
        this.base = base;
        this.outline = outline;
        this.time = time;
    }

    static IndexBlock at(long base) {
        return new IndexBlock(base, new int[SIZE], new long[SIZE]);
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

    /** Takes an event of this block. */
    synchronized void add(JournaledEvent event) {
        FalcoEvent seen = event.event().outline();
        Integer number = numbers.get(seen);
        if (number == null) {
            outlines.add(seen);
            number = outlines.size();
            numbers.put(seen, number);
        }
        int at = (int) (event.id() - base);
        long nanos = Outlines.nanos(event.event().time());
        outline[at] = number;
        time[at] = nanos;
        earliest = Math.min(earliest, nanos);
        latest = Math.max(latest, nanos);
    }

    /** Adds the places of events that may be asked for, newest first, until there are {@code max}. */
    synchronized void find(Search search, long beforeId, int max, List<Long> found) {
        boolean[] asked = new boolean[outlines.size() + 1];
        boolean any = false;
        for (int i = 0; i < outlines.size(); i++) {
            asked[i + 1] = search.outline().test(outlines.get(i));
            any |= asked[i + 1];
        }
        if (!any || outside(search)) {
            return;
        }
        for (int at = (int) Math.min(SIZE, beforeId - base) - 1; at >= 0 && found.size() < max; at--) {
            if (asked[outline[at]] && takes(search, at)) {
                found.add(base + at);
            }
        }
    }

    /** Counts the events from an id on that are asked for. */
    synchronized void tally(Search search, long firstId, Function<FalcoEvent, @Nullable Tally> tallies) {
        if (outside(search)) {
            return;
        }
        Tally[] cells = new Tally[outlines.size() + 1];
        for (int i = 0; i < outlines.size(); i++) {
            boolean asked = search.outline().test(outlines.get(i));
            cells[i + 1] = asked ? tallies.apply(outlines.get(i)) : null;
        }
        for (int at = (int) Math.max(0, firstId - base); at < SIZE; at++) {
            Tally cell = cells[outline[at]];
            if (cell != null && takes(search, at)) {
                cell.count(base + at, time[at]);
            }
        }
    }

    private boolean outside(Search search) {
        return search.from() > latest || search.to() <= earliest;
    }

    private boolean takes(Search search, int at) {
        long nanos = time[at];
        if (nanos < search.from() || nanos >= search.to()) {
            return false;
        }
        Predicate<FalcoEvent> timed = search.timed();
        return timed == null || timed.test(Outlines.at(outlines.get(outline[at] - 1), nanos));
    }

    /** The block as a file holds it, with its sum at the end. */
    synchronized byte[] encode() throws IOException {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        Outlines.write(outlines, new DataOutputStream(names));
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + ROWS + names.size() + Long.BYTES);
        bytes.putInt(FORMAT).putLong(base).putInt(outlines.size());
        bytes.asIntBuffer().put(outline);
        bytes.position(HEADER + SIZE * Integer.BYTES).asLongBuffer().put(time);
        bytes.position(HEADER + ROWS).put(names.toByteArray());
        return bytes.putLong(sum(bytes.array())).array();
    }

    /**
     * Reads a block.
     *
     * @throws IOException where the bytes are damaged, of another format or of another block
     */
    static IndexBlock decode(byte[] bytes, long base) throws IOException {
        if (bytes.length < HEADER + ROWS + Long.BYTES) {
            throw new IOException("cut short");
        }
        ByteBuffer from = ByteBuffer.wrap(bytes);
        if (from.getLong(bytes.length - Long.BYTES) != sum(bytes)
                || from.getInt() != FORMAT
                || from.getLong() != base) {
            throw new IOException("damaged, or of another version");
        }
        int count = from.getInt();
        IndexBlock block = at(base);
        from.asIntBuffer().get(block.outline);
        from.position(HEADER + SIZE * Integer.BYTES).asLongBuffer().get(block.time);
        int names = HEADER + ROWS;
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, names, bytes.length - names));
        block.outlines.addAll(Outlines.read(count, in));
        for (int at = 0; at < SIZE; at++) {
            if (block.outline[at] > 0) {
                block.earliest = Math.min(block.earliest, block.time[at]);
                block.latest = Math.max(block.latest, block.time[at]);
            }
        }
        return block;
    }

    private static long sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, bytes.length - Long.BYTES);
        return sum.getValue();
    }
}
