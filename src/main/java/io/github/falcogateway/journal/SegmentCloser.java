package io.github.falcogateway.journal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Closes the files that are full, beside the writer: where nobody reads such a file SQLite moves all that is left in its
 * write-ahead log, tens of megabytes, and whoever is to be answered would wait for it. Until a file is closed it counts as in
 * use. Confined to the writer's thread.
 */
final class SegmentCloser implements AutoCloseable {

    private final Writing writing;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(new DaemonThread("journal-closer"));

    SegmentCloser(Writing writing) {
        this.writing = writing;
    }

    /** Nothing may be written to the file any more. */
    void add(Segment segment) {
        thread.execute(() -> {
            segment.close();
            writing.leave(segment.firstId());
        });
    }

    /** Waits until all of them are closed: after that another process may have the folder. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                // A disk that takes that long is still being written to.
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
