package io.github.falcogateway.journal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.falcogateway.event.JournaledEvent;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outlines of all events, in blocks: the newest in memory, whole ones in a file each beside the log. Nothing but a
 * help: a file that is missing or damaged is made anew out of the log. Blocks are read and made on the history's
 * thread; {@link #add} is the writer's.
 */
final class JournalIndex {

    private static final Logger LOG = LoggerFactory.getLogger(JournalIndex.class);
    private static final String PREFIX = "index-";
    private static final String SUFFIX = ".idx";
    private static final int IN_MEMORY = 16;
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final int PAGE = 1000;

    private final Path folder;
    private final SegmentFiles log;
    private final Cache<Long, IndexBlock> read =
            Caffeine.newBuilder().maximumSize(IN_MEMORY).expireAfterAccess(IDLE).build();
    /** From when to when the events of whole blocks are, of those that were read or written once. */
    private final ConcurrentMap<Long, History.Span> spans = new ConcurrentHashMap<>();
    /** When the last event of each of them came in. */
    private final ConcurrentMap<Long, Long> arrivals = new ConcurrentHashMap<>();
    /** Whole blocks that no file holds yet. */
    private final ConcurrentMap<Long, IndexBlock> unwritten = new ConcurrentHashMap<>();

    private volatile Consumer<IndexBlock> whole = block -> {};
    /** The ids of the newest block before this one were in the log when it was opened. */
    private final long knownFrom;

    private final long filling;
    private boolean filled;
    private volatile IndexBlock newest;
    private volatile OutlineBook book = new OutlineBook();

    JournalIndex(Path folder, SegmentFiles log, long lastId) {
        this.folder = folder;
        this.log = log;
        this.knownFrom = lastId + 1;
        this.filling = IndexBlock.base(knownFrom);
        this.newest = new IndexBlock(filling, book);
        discardAfter(lastId);
    }

    /** Calls back on the writer's thread with each block that is whole. */
    void onWhole(Consumer<IndexBlock> listener) {
        whole = listener;
    }

    /** Takes what the journal has newly taken, in order. */
    void add(List<JournaledEvent> events) {
        IndexBlock block = newest;
        for (JournaledEvent event : events) {
            long base = IndexBlock.base(event.id());
            if (base != block.base()) {
                unwritten.put(block.base(), block);
                whole.accept(block);
                block = new IndexBlock(base, openBook());
                newest = block;
            }
            block.add(event);
        }
    }

    /** Whether a block may hold what is asked for; without reading it, where its times are known. */
    boolean mayHold(long base, Inquiry inquiry) {
        History.Span span = spans.get(base);
        return span == null || !inquiry.outside(span.earliest(), span.latest());
    }

    /** The span with the events of a block from an id on that may be asked for; blocking where the block is read. */
    History.Span widened(History.Span span, long base, Inquiry inquiry, long firstId) throws IOException {
        History.Span known = spans.get(base);
        return known != null && (span.holds(known) || !mayHold(base, inquiry))
                ? span
                : block(base).widened(span, inquiry, firstId);
    }

    /** When the last event of a block came in; blocking where the block is read. */
    long arrived(long base) throws IOException {
        Long known = arrivals.get(base);
        return known == null ? block(base).arrived() : known;
    }

    /** The block of this first id; blocking. */
    IndexBlock block(long base) throws IOException {
        IndexBlock block = newest;
        if (block.base() != base) {
            block = unwritten.get(base);
        }
        if (block == null) {
            block = read.getIfPresent(base);
        }
        if (block == null) {
            block = load(base);
            read.put(base, block);
        }
        if (base == filling && !filled) {
            fill(block, knownFrom);
            filled = true;
        }
        return block;
    }

    /** Makes the block where neither memory nor a file has it; blocking. */
    boolean prepare(long base) throws IOException {
        boolean missing = base == filling || !unwritten.containsKey(base) && !Files.exists(file(base));
        if (!missing && !spans.containsKey(base)) {
            readSpan(base);
        }
        return missing && block(base).base() == base;
    }

    /** Writes a whole block to its file; blocking. */
    void write(IndexBlock block) throws IOException {
        // The one that was begun before this start may lack its older part.
        block(block.base());
        try {
            Path fresh = folder.resolve(PREFIX + "new");
            Files.write(fresh, block.encode());
            Files.move(fresh, file(block.base()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.warn("journal: an index file cannot be written, it is made anew when needed: {}", failed.toString());
        }
        read.put(block.base(), block);
        know(block);
        unwritten.remove(block.base());
    }

    /** Forgets blocks whose events are gone. */
    void forgetBefore(long firstId) {
        each(base -> {
            if (base + IndexBlock.SIZE <= firstId) {
                read.invalidate(base);
                spans.remove(base);
                arrivals.remove(base);
                delete(base);
            }
        });
    }

    private IndexBlock load(long base) throws IOException {
        try {
            IndexBlock block = IndexBlock.decode(Files.readAllBytes(file(base)), base, openBook());
            know(block);
            return block;
        } catch (NoSuchFileException missing) {
            LOG.debug("journal: index {} is made anew", base);
        } catch (IOException | RuntimeException damaged) {
            LOG.warn("journal: index {} is made anew: {}", base, damaged.toString());
        }
        IndexBlock block = new IndexBlock(base, openBook());
        fill(block, base + IndexBlock.SIZE);
        if (base + IndexBlock.SIZE <= knownFrom && !block.isEmpty()) {
            unwritten.put(base, block);
            write(block);
        }
        return block;
    }

    /** Looks at the times of a file alone; one that cannot be read is found when it is asked for. */
    private void readSpan(long base) {
        try {
            byte[] bytes = Files.readAllBytes(file(base));
            spans.put(base, IndexBlock.span(bytes, base));
            arrivals.put(base, IndexBlock.arrived(bytes));
        } catch (IOException later) {
            LOG.debug("journal: index {}: {}", base, later.toString());
        }
    }

    private void know(IndexBlock whole) {
        spans.put(whole.base(), whole.span());
        arrivals.put(whole.base(), whole.arrived());
    }

    /** The book to write into; blocks in memory keep the one they were begun with. */
    private synchronized OutlineBook openBook() {
        if (book.isFull()) {
            book = book.next();
            read.invalidateAll();
        }
        return book;
    }

    /** Reads what the block lacks before an id out of the log. */
    private void fill(IndexBlock block, long beforeId) throws IOException {
        long after = block.base() - 1;
        while (true) {
            Page page = new Page(Limit.of(PAGE));
            log.pastAfter(after, page);
            for (JournaledEvent event : page.events()) {
                if (event.id() >= Math.min(beforeId, block.base() + IndexBlock.SIZE)) {
                    return;
                }
                block.add(event);
                after = event.id();
            }
            if (page.size() == 0) {
                return;
            }
        }
    }

    /** A file that holds more than the log was written before the log lost its end. */
    private void discardAfter(long lastId) {
        each(base -> {
            if (base + IndexBlock.SIZE - 1 > lastId) {
                delete(base);
            }
        });
    }

    private void each(Consumer<Long> bases) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String digits = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
                if (digits.matches("\\d{1,19}")) {
                    bases.accept(Long.parseLong(digits));
                }
            }
        } catch (IOException unreadable) {
            LOG.warn("journal: the index files cannot be listed: {}", unreadable.toString());
        }
    }

    private void delete(long base) {
        try {
            Files.deleteIfExists(file(base));
        } catch (IOException left) {
            LOG.warn("journal: index {} could not be removed: {}", base, left.toString());
        }
    }

    private Path file(long base) {
        return folder.resolve(PREFIX + String.format("%019d", base) + SUFFIX);
    }
}
