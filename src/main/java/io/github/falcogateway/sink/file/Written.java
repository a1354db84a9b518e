package io.github.falcogateway.sink.file;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.JournaledEvent;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * The lines that the file has already of what the sink is given again after a crash. A line is the same only byte for
 * byte: ids begin anew where somebody took the journal away, and a dead letter that is sent again was never written.
 * Confined to one thread.
 */
final class Written {

    /** A million lines for each 256 MB of heap: a store that takes no place for long is as far behind as that. */
    private static final long MOST = Math.min(1 << 24, Runtime.getRuntime().maxMemory() / 256);

    private final Sums lines = new Sums();
    private final long from;
    private long newest = -1;
    private long looked;
    private long seen;
    private long bytes;

    private Written(long from) {
        this.from = from;
    }

    /**
     * Reads the end of the file, and of the old ones before it.
     *
     * @param from the first event the sink is given now: what is before it is of no interest
     */
    static Written since(long from, LineFile file) throws IOException {
        Written written = new Written(from);
        // A test event is in no journal, and has never been here.
        if (from > 0 && file.backwards(written::add)) {
            file.rotated().backwards(written::add);
        }
        return written;
    }

    /** How much of the end of the file, or more, the lines are. */
    long bytes() {
        return bytes;
    }

    /** Whether the file has this event. */
    boolean has(JournaledEvent event) {
        long sum = lines.get(event.id());
        return sum != 0 && sum == sum(event.json());
    }

    /** The file has everything up to this event. */
    void passed(long id) {
        if (id >= newest) {
            lines.clear();
        }
    }

    /** Takes a line up; whether older ones are of interest. */
    private boolean add(byte[] line) {
        long id = KeptReader.id(line);
        looked++;
        seen += line.length + 1;
        if (id > 0 && id < from) {
            return false;
        }
        if (id > 0) {
            lines.put(id, sum(line));
            newest = Math.max(newest, id);
            bytes = seen;
        }
        return looked < MOST;
    }

    private static long sum(byte[] line) {
        CRC32C crc = new CRC32C();
        crc.update(line, 0, line.length);
        return crc.getValue() << Integer.SIZE | line.length;
    }
}
