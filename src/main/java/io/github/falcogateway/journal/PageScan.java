package io.github.falcogateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames out of a segment's pages, without SQLite and without what leads from page to page: whatever is
 * damaged, the rest is found. The pages of the write-ahead log count as newer. Confined to one thread.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#b_tree_pages">SQLite: b-tree pages</a>
 */
final class PageScan implements AutoCloseable {

    private static final int TABLE_LEAF = 0x0d;
    private static final int LEAF_HEADER = 8;
    private static final int MAX_PAYLOAD = 64 << 20;

    private final int pageSize;
    private final FileChannel main;
    private final @Nullable FileChannel log;
    private final WalFile wal;

    /** A scan of a database; where nothing says how large its pages are, by the size that shows the most of it. */
    static PageScan of(Path database) throws IOException {
        Integer said = PageSize.said(database);
        if (said != null) {
            return new PageScan(database, said);
        }
        int best = 0;
        long most = -1;
        for (int size : PageSize.EVER) {
            long found = found(database, size);
            if (found > most) {
                most = found;
                best = size;
            }
        }
        return new PageScan(database, best);
    }

    private static long found(Path database, int pageSize) throws IOException {
        Map<Long, Long> events = new HashMap<>();
        try (PageScan scan = new PageScan(database, pageSize)) {
            scan.frames(frame -> events.computeIfAbsent(
                    frame.firstId(),
                    id -> frame.unpack().stream().filter(Objects::nonNull).count()));
        }
        return events.values().stream().mapToLong(count -> count).sum();
    }

    private PageScan(Path database, int pageSize) throws IOException {
        this.pageSize = pageSize;
        wal = WalFile.read(database, pageSize);
        main = FileChannel.open(database, StandardOpenOption.READ);
        log = wal.pages().isEmpty() ? null : FileChannel.open(WalFile.of(database), StandardOpenOption.READ);
    }

    /**
     * Shows every frame of which something is left, often several times; its events may be damaged.
     * What is whole comes first: the newest content of a page may be of a commit that a crash tore, and lack what an earlier
     * one has.
     */
    void frames(Consumer<Frame> found) throws IOException {
        for (long at : wal.whole()) {
            cells(page(log, at), found);
        }
        // The first page has the table's definition alone.
        for (long at = pageSize; at < main.size(); at += pageSize) {
            cells(page(main, at), found);
        }
        for (long at : wal.torn()) {
            cells(page(log, at), found);
        }
    }

    private void cells(ByteBuffer page, Consumer<Frame> found) throws IOException {
        if (page.get(0) != TABLE_LEAF) {
            return;
        }
        int cells = page.getShort(3) & 0xFFFF;
        for (int i = 0; i < cells && LEAF_HEADER + 2 * i + 2 <= pageSize; i++) {
            Frame frame = cell(page, page.getShort(LEAF_HEADER + 2 * i) & 0xFFFF);
            if (frame != null) {
                found.accept(frame);
            }
        }
    }

    private @Nullable Frame cell(ByteBuffer page, int at) throws IOException {
        if (at < LEAF_HEADER || at > pageSize - LEAF_HEADER) {
            return null;
        }
        ByteBuffer cell = page.duplicate().position(at);
        long size = varint(cell);
        long id = varint(cell);
        if (size < 3 || size > MAX_PAYLOAD || id <= 0) {
            return null;
        }
        return record(id, payload(cell, (int) size));
    }

    /** The payload of a cell, as much as is left of it. */
    private ByteBuffer payload(ByteBuffer cell, int size) throws IOException {
        int most = pageSize - 35;
        int least = (pageSize - 12) * 32 / 255 - 23;
        int part = least + (size - least) % (pageSize - 4);
        int local = size <= most ? size : part <= most ? part : least;
        ByteBuffer payload = ByteBuffer.allocate(size);
        take(cell, local, payload);
        int next = size > local && cell.remaining() >= Integer.BYTES ? cell.getInt() : 0;
        while (payload.hasRemaining() && next > 1) {
            ByteBuffer overflow = page(next);
            next = overflow.getInt();
            take(overflow, payload.remaining(), payload);
        }
        return payload.flip();
    }

    private static void take(ByteBuffer from, int most, ByteBuffer to) {
        int length = Math.min(most, Math.min(from.remaining(), to.remaining()));
        to.put(from.duplicate().limit(from.position() + length));
        from.position(from.position() + length);
    }

    /** A row of the table of frames: its id is the row's own, then the count and the body. */
    private static @Nullable Frame record(long id, ByteBuffer payload) {
        long header = varint(payload);
        long idType = varint(payload);
        long countType = varint(payload);
        long bodyType = varint(payload);
        boolean aFrame = header >= 4 && header <= 16 && idType == 0 && bodyType >= 12 && bodyType % 2 == 0;
        if (!aFrame || payload.limit() < header) {
            return null;
        }
        payload.position((int) header);
        int count = count(countType, payload);
        byte[] body = new byte[(int) Math.min((bodyType - 12) / 2, payload.remaining())];
        payload.get(body);
        return count < 1 ? null : new Frame(id, Math.min(count, Frame.MAX_EVENTS), body);
    }

    private static int count(long type, ByteBuffer from) {
        if (type == 9) {
            return 1;
        }
        int count = 0;
        for (int i = 0; i < type && type <= 4 && from.hasRemaining(); i++) {
            count = count << 8 | from.get() & 0xFF;
        }
        return count;
    }

    /** The newest content of a page. */
    private ByteBuffer page(int number) throws IOException {
        Long newer = wal.pages().get(number);
        return newer == null ? page(main, (number - 1L) * pageSize) : page(log, newer);
    }

    /** A page, zeros where the file ends before it. */
    private ByteBuffer page(@Nullable FileChannel file, long at) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(pageSize);
        if (file != null) {
            WalFile.fill(page, file, at);
        }
        return page.clear();
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int i = 0; i < 9 && from.hasRemaining(); i++) {
            byte next = from.get();
            if (i == 8) {
                return value << 8 | next & 0xFF;
            }
            value = value << 7 | next & 0x7F;
            if (next >= 0) {
                return value;
            }
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        main.close();
        if (log != null) {
            log.close();
        }
    }
}
