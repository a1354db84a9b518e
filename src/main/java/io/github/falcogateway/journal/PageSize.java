package io.github.falcogateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How large a database's pages are, without SQLite: its first page says so, and the first one of its write-ahead log.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#page_size">SQLite: page size</a>
 */
final class PageSize {

    /** Those that files of the log were given, today's first. */
    static final List<Integer> EVER = List.of(Sqlite.PAGE_BYTES, 16_384, 4096);

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int IN_DATABASE = 16;
    private static final int IN_LOG = 8;
    private static final int READ = 32;
    private static final int LEAST = 512;
    private static final int MOST = 32_768;

    private PageSize() {}

    /** What the files say; today's where both have lost it. */
    static int of(Path database) throws IOException {
        Integer said = said(database);
        return said == null ? Sqlite.PAGE_BYTES : said;
    }

    /** What the files say; null where both have lost it. */
    static @Nullable Integer said(Path database) throws IOException {
        byte[] first = beginning(database);
        if (Arrays.equals(first, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            int size = ByteBuffer.wrap(first).getShort(IN_DATABASE) & 0xFFFF;
            if (isOne(size)) {
                return size;
            }
        }
        int inLog = ByteBuffer.wrap(beginning(WalFile.of(database))).getInt(IN_LOG);
        return isOne(inLog) ? inLog : null;
    }

    /** One flipped bit makes another number of it, not another size. */
    private static boolean isOne(int size) {
        return size >= LEAST && size <= MOST && Integer.bitCount(size) == 1;
    }

    private static byte[] beginning(Path file) throws IOException {
        ByteBuffer begin = ByteBuffer.allocate(READ);
        if (Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                WalFile.fill(begin, channel, 0);
            }
        }
        return begin.array();
    }
}
