package io.github.falcogateway.cli;

import io.github.falcogateway.codec.JournalLine;
import io.github.falcogateway.journal.DaemonThread;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The import of one file: while one chunk is on its way the next one is read. Confined to one thread, but for the chunk on
 * its way.
 */
final class ImportRun implements Closeable {

    private final ImportSender sender;
    private final ImportProgress progress;
    private final @Nullable ImportPlace place;
    private final String ownHost;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(new DaemonThread("import-sender"));

    private ImportChunk chunk = new ImportChunk(0);
    private @Nullable Future<?> onTheWay;
    private long line;
    private long done;
    private long uncertain;
    private Instant uncertainSince = Instant.MAX;
    /** How many lines at the end of the file are no events yet. */
    private int unread;

    private @Nullable ImportRecall recall;

    ImportRun(ImportSender sender, ImportProgress progress, @Nullable ImportPlace place, String ownHost) {
        this.sender = sender;
        this.progress = progress;
        this.place = place;
        this.ownHost = ownHost;
    }

    /** Goes on where an import before has ended. */
    void begin(ImportPlace.@Nullable Known known, @Nullable ImportRecall arrived) {
        done = known == null ? 0 : known.lines();
        uncertain = known == null ? 0 : known.onTheWay();
        uncertainSince = known == null ? Instant.MAX : known.since();
        recall = arrived;
        chunk = new ImportChunk(done);
    }

    /**
     * Takes the next line of the file.
     *
     * @param cut whether it has no end: what is no event yet is read again by an import that resumes
     */
    void take(String text, boolean cut) {
        line++;
        if (line <= done) {
            return;
        }
        JournalLine event = EventSource.read(text);
        if (event == null || (cut && !isWhole(event.event()))) {
            progress.skip(text);
            unread = cut ? 1 : 0;
        } else if (recall != null && line <= uncertain && recall.has(event.event())) {
            progress.alreadyThere();
        } else {
            chunk.add(event, ownHost);
        }
        chunk.covers(line);
    }

    private static boolean isWhole(String json) {
        try {
            Json.decodeValue(json);
            return true;
        } catch (DecodeException unfinished) {
            return false;
        }
    }

    boolean isFull() {
        return chunk.isFull();
    }

    /** Sends what there is once the chunk before has arrived. */
    void send() throws IOException, InterruptedException {
        if (chunk.isEmpty()) {
            return;
        }
        arrived();
        ImportChunk next = chunk;
        chunk = new ImportChunk(next.toLine());
        if (place != null) {
            // What an import before this one had on its way stays uncertain until it has been gone through.
            place.at(
                    next.fromLine(),
                    Math.max(next.toLine(), uncertain),
                    next.fromLine() < uncertain ? uncertainSince : Instant.now());
        }
        onTheWay = thread.submit(() -> {
            sender.send(next);
            return next;
        });
    }

    /** Sends the rest and waits for it. */
    void finish() throws IOException, InterruptedException {
        send();
        arrived();
        if (place != null) {
            long taken = Math.max(line - unread, done);
            place.at(taken, taken, Instant.now());
        }
    }

    private void arrived() throws IOException, InterruptedException {
        Future<?> waiting = onTheWay;
        if (waiting == null) {
            return;
        }
        onTheWay = null;
        try {
            waiting.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException gone ? gone : new IOException(failed.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
