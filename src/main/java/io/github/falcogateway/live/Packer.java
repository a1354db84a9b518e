package io.github.falcogateway.live;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses what many streams send, once for all of them, in a bounded time; that is longer than an event loop may be busy.
 * For one thread at a time.
 */
final class Packer {

    /** About 10 ns of processor time for each byte of text. */
    private static final long BYTES_PER_MS = 20_000;

    private static final int MOST_AT_ONCE = 2 << 20;

    /** Kept as long as the gateway runs; its native memory goes with it. */
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

    private final byte[] part = new byte[16 << 10];
    private long left;

    /** Allows for what may be compressed from now on. */
    void begin(long millisSinceLast) {
        left = Math.min(MOST_AT_ONCE, millisSinceLast * BYTES_PER_MS);
    }

    /**
     * Compresses frames.
     *
     * @param bytes of their text
     * @param most bytes that may come of it
     * @return null where it were more, or takes longer than there is time
     */
    @Nullable
    Packed pack(List<Frame> frames, long bytes, int most) {
        if (bytes > left) {
            return null;
        }
        left -= bytes;
        deflater.reset();
        Buffer blocks = Buffer.buffer();
        CRC32 crc = new CRC32();
        for (Frame frame : frames) {
            byte[] text = frame.text().getBytes();
            crc.update(text);
            deflater.setInput(text);
            while (!deflater.needsInput()) {
                blocks.appendBytes(part, 0, deflater.deflate(part));
            }
            if (blocks.length() > most) {
                return null;
            }
        }
        for (int more = part.length; more == part.length; ) {
            more = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
            blocks.appendBytes(part, 0, more);
        }
        return blocks.length() > most ? null : Packed.of(blocks, (int) bytes, crc);
    }
}
