package io.github.falcogateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;

/**
 * What a write-ahead log of SQLite holds. SQLite reads it up to the first frame that is damaged and says nothing of those
 * behind it; this tells.
 *
 * @param pages where the newest content of each page stands in the file, whole where there is one
 * @param whole where all pages that are what was written stand, newest first
 * @param torn where those stand that are not: a crash in the middle of a commit leaves one too
 * @param damaged whether a frame of the log's present use is not what was written
 * @see <a href="https://www.sqlite.org/fileformat2.html#the_write_ahead_log">SQLite: the write-ahead log</a>
 */
record WalFile(Map<Integer, Long> pages, List<Long> whole, List<Long> torn, boolean damaged) {

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int BIG_ENDIAN_SUMS = 0x377f0683;
    private static final int LITTLE_ENDIAN_SUMS = 0x377f0682;

    static Path of(Path database) {
        return database.resolveSibling(database.getFileName() + "-wal");
    }

    /**
     * Makes sure that a database which was closed is whole without its log.
     *
     * @throws IOException where something stays there, as on a full disk
     */
    static void mustBeEmpty(Path database) throws IOException {
        if (of(database).toFile().length() > 0) {
            throw new IOException(database.getFileName() + " cannot be written whole");
        }
    }

    /** Fills a buffer from a place of a file, as far as the file goes. */
    static void fill(ByteBuffer buffer, FileChannel from, long at) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining() && from.read(buffer, at + buffer.position()) > 0) {
            // until it is full
        }
    }

    /** Reads the log beside a database; an empty one where there is none. */
    static WalFile read(Path database, int pageSize) throws IOException {
        Path file = of(database);
        if (!Files.exists(file) || Files.size(file) < HEADER + FRAME_HEADER + pageSize) {
            return new WalFile(Map.of(), List.of(), List.of(), false);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Scan(channel, pageSize).read();
        }
    }

    /** One pass over the frames. */
    private static final class Scan {

        private final FileChannel channel;
        private final ByteBuffer frame;
        private final Map<Integer, Long> pages = new HashMap<>();
        private final Map<Integer, Long> tornPages = new HashMap<>();
        private final LinkedList<Long> whole = new LinkedList<>();
        private final LinkedList<Long> torn = new LinkedList<>();
        private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        private int sum0;
        private int sum1;

        Scan(FileChannel channel, int pageSize) {
            this.channel = channel;
            this.frame = ByteBuffer.allocate(FRAME_HEADER + pageSize);
        }

        WalFile read() throws IOException {
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            fill(header, channel, 0);
            int magic = header.getInt(0);
            order = magic == BIG_ENDIAN_SUMS ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            add(header, 0, 24);
            boolean headed = (magic == BIG_ENDIAN_SUMS || magic == LITTLE_ENDIAN_SUMS) && isSum(header, 24);
            sum0 = header.getInt(24);
            sum1 = header.getInt(28);
            fill(frame, channel, HEADER);
            // With the header gone, the first frame says which use of the log is the present one.
            long salt = headed ? header.getLong(16) : frame.getLong(8);
            boolean damaged = frames(salt, headed) || !headed;
            tornPages.forEach(pages::putIfAbsent);
            return new WalFile(pages, whole, torn, damaged);
        }

        /** Whether one of the frames is damaged. */
        private boolean frames(long salt, boolean chained) throws IOException {
            boolean broken = false;
            boolean chain = chained;
            for (long at = HEADER; at + frame.capacity() <= channel.size(); at += frame.capacity()) {
                fill(frame, channel, at);
                boolean mine = frame.getLong(8) == salt;
                boolean good = mine && isSummed();
                chain &= good;
                broken |= mine && !chain;
                if (mine) {
                    (good ? pages : tornPages).put(frame.getInt(0), at + FRAME_HEADER);
                    (good ? whole : torn).addFirst(at + FRAME_HEADER);
                }
                // What the next one's sum goes on from, also where this one is damaged.
                sum0 = frame.getInt(16);
                sum1 = frame.getInt(20);
            }
            return broken;
        }

        private boolean isSummed() {
            add(frame, 0, 8);
            add(frame, FRAME_HEADER, frame.capacity());
            return isSum(frame, 16);
        }

        private boolean isSum(ByteBuffer of, int at) {
            return of.getInt(at) == sum0 && of.getInt(at + Integer.BYTES) == sum1;
        }

        private void add(ByteBuffer bytes, int from, int to) {
            ByteBuffer words = bytes.duplicate().order(order);
            for (int at = from; at < to; at += 2 * Integer.BYTES) {
                sum0 += words.getInt(at) + sum1;
                sum1 += words.getInt(at + Integer.BYTES) + sum0;
            }
        }
    }
}
