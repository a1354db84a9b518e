package io.github.falcogateway.sink.file;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Sink;
import io.github.falcogateway.sink.UnsyncedException;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one event a line. What the last lines of the file have already is not written again, so that no event is there
 * twice when the sink's own place is a little older after a crash. Confined to one event loop; files are a worker's.
 */
public final class FileSink implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

    private static final int LINES_BYTES = 1 << 20;

    private final Vertx vertx;
    private final FileOptions options;
    private final Clock clock;
    private final LineFile.Disk disk;
    private final WorkerExecutor writing;
    private final WorkerExecutor tidying;
    /** The writing thread's own: most batches fit. */
    private final ByteBuffer lines = ByteBuffer.allocateDirect(LINES_BYTES);

    private @Nullable LineFile file;
    private @Nullable Written written;
    /** What the file has of later events, a process may have written that died before it was synced. */
    private long place = Long.MAX_VALUE;
    /** Of how many losses the sink's verticle knows. */
    private int told;

    public FileSink(Vertx vertx, FileOptions options) {
        this(vertx, options, Clock.systemUTC(), file -> file.force(false));
    }

    FileSink(Vertx vertx, FileOptions options, Clock clock, LineFile.Disk disk) {
        this.vertx = vertx;
        this.options = options;
        this.clock = clock;
        this.disk = disk;
        // One thread for a file, however its path is written: of two sinks, as while one takes the other's place, none
        // writes into the other's lines.
        writing = vertx.createSharedWorkerExecutor(
                "file-" + options.path().toAbsolutePath().normalize(), 1);
        // It takes its time, which is no blocked thread.
        tidying = vertx.createSharedWorkerExecutor("file-tidy", 1, 1, TimeUnit.DAYS);
    }

    @Override
    public void goOn(long last) {
        place = last;
    }

    @Override
    public Future<Void> open() {
        return writing.executeBlocking(() -> {
            // One that is open is of an attempt that failed later.
            LineFile opened = file == null ? new LineFile(options, clock, disk) : file;
            file = opened;
            if (place < Long.MAX_VALUE) {
                Written there = Written.since(place + 1, opened);
                opened.doubt(there.bytes());
                written = there;
            }
            tidy(opened);
            return null;
        });
    }

    @Override
    public Future<Outcome> deliver(List<Delivery> batch) {
        int known = told;
        return writing.executeBlocking(() -> write(batch, known)).onFailure(this::tell);
    }

    @Override
    public Future<Void> flush() {
        // Not by the thread that writes: events would wait for the disk.
        LineFile of = file;
        return of == null
                ? Future.succeededFuture()
                : writing.executeBlocking(of::written)
                        .compose(part -> vertx.executeBlocking(() -> force(of, part), false)
                                .transform(forced -> writing.executeBlocking(() -> forced(of, part, forced.cause()))))
                        .onFailure(this::tell);
    }

    private static @Nullable Void force(LineFile of, LineFile.Part part) throws IOException {
        of.force(part);
        return null;
    }

    private @Nullable Void forced(LineFile of, LineFile.Part part, @Nullable Throwable failure) throws Exception {
        if (failure == null) {
            of.forced(part);
        } else {
            cutUnsynced(of);
            throw new IOException(failure);
        }
        return null;
    }

    /** Writing thread. */
    private void cutUnsynced(LineFile of) throws IOException {
        try {
            of.cutUnsynced();
        } catch (UnsyncedException lost) {
            // What comes again may be there in part.
            written = null;
            throw lost;
        }
    }

    /** Before the verticle hears of it: what it gives from now on begins with what is lost. */
    private void tell(Throwable failure) {
        if (failure instanceof UnsyncedException) {
            told++;
        }
    }

    @Override
    public Future<Void> close() {
        return writing.<Void>executeBlocking(() -> {
                    if (file != null) {
                        file.close();
                    }
                    return null;
                })
                .eventually(writing::close)
                .eventually(tidying::close);
    }

    private Outcome write(List<Delivery> batch, int known) throws UnsyncedException {
        LineFile to = file;
        if (to == null) {
            return Outcome.stopped(0, Fault.passing(FaultReason.DISK, "the file is not open"));
        }
        int done = 0;
        try {
            cutUnsynced(to);
            if (known < to.losses()) {
                return Outcome.stopped(0, Fault.passing(FaultReason.DISK, "what was lost comes first"));
            }
            Written there = written;
            if (there == null) {
                there = Written.since(batch.get(0).event().id(), to);
                written = there;
            }
            while (done < batch.size()) {
                if (to.rotate()) {
                    tidy(to);
                }
                List<Delivery> fitting = fitting(batch.subList(done, batch.size()), to.room());
                to.append(lines(fitting, there));
                done += fitting.size();
            }
            there.passed(batch.get(batch.size() - 1).event().id());
            return Outcome.delivered(batch);
        } catch (UnsyncedException lost) {
            throw lost;
        } catch (IOException failed) {
            return Outcome.stopped(done, Fault.of(failed));
        }
    }

    /** What comes before the next file begins; one at least. */
    private static List<Delivery> fitting(List<Delivery> batch, long room) {
        if (Delivery.lines(batch) <= room) {
            return batch;
        }
        int count = 1;
        for (long left = room - Delivery.lines(batch.subList(0, 1)); count < batch.size() && left > 0; count++) {
            left -= Delivery.lines(batch.subList(count, count + 1));
        }
        return batch.subList(0, count);
    }

    /** The lines of what is not there yet, ready to be written. */
    private ByteBuffer lines(List<Delivery> batch, Written there) {
        int size = Delivery.lines(batch);
        ByteBuffer into = size <= lines.capacity() ? lines.clear() : ByteBuffer.allocate(size);
        for (Delivery delivery : batch) {
            if (!there.has(delivery.event())) {
                into.put(delivery.event().json()).put((byte) '\n');
            }
        }
        return into.flip();
    }

    private void untidied(Throwable failed) {
        if (failed instanceof InterruptedIOException || failed instanceof ClosedByInterruptException) {
            LOG.debug("the next start compresses what is left of {}", options.path());
        } else {
            LOG.warn("old files of {} are not tidied: {}", options.path(), failed.toString());
        }
    }

    private void tidy(LineFile of) {
        // Not ordered: a context has one order for all its workers, and lines would wait until a file is compressed.
        Callable<@Nullable Void> tidy = () -> {
            of.rotated().tidy();
            return null;
        };
        tidying.executeBlocking(tidy, false).onFailure(failed -> untidied(failed));
    }
}
