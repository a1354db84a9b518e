package io.github.falcogateway.sink.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses one file with a tenth of a processor, a fiftieth where the processors are busy: whoever sends events wants
 * them and the disk now, an old file has time. Confined to one thread.
 */
final class Compressor {

    /** So many times as long as it works it rests. */
    private static final int REST = 9;

    private static final int LONG_REST = 49;

    private static final int CHUNK = 64 * 1024;
    /** What is synced at once: a sync of a whole file makes everybody wait who syncs on the same disk. */
    private static final int SYNC_BYTES = 1 << 20;

    private final BooleanSupplier busy;

    /** @param busy whether the processors have other work; asked for each chunk */
    Compressor(BooleanSupplier busy) {
        this.busy = busy;
    }

    /**
     * Writes the compressed file, on the disk when this returns.
     *
     * @throws InterruptedIOException where the thread is to end
     */
    void compress(Path from, Path to) throws IOException {
        try (InputStream in = Files.newInputStream(from);
                FileChannel channel = FileChannel.open(to, CREATE, WRITE, TRUNCATE_EXISTING)) {
            GZIPOutputStream out = new Fast(Channels.newOutputStream(channel));
            byte[] chunk = new byte[CHUNK];
            long synced = 0;
            long begun = System.nanoTime();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                out.write(chunk, 0, read);
                if (channel.position() - synced >= SYNC_BYTES) {
                    channel.force(false);
                    synced = channel.position();
                }
                pause((System.nanoTime() - begun) * (busy.getAsBoolean() ? LONG_REST : REST));
                begun = System.nanoTime();
            }
            out.finish();
            channel.force(true);
        }
    }

    private static void pause(long nanos) throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
    }

    /** Half the time of the default level for a fifth more bytes. */
    private static final class Fast extends GZIPOutputStream {

        Fast(OutputStream out) throws IOException {
            super(out, CHUNK);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
