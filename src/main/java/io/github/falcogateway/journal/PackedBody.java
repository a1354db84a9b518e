package io.github.falcogateway.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * A frame's body packed by LZ4: a mark, then blocks, each of which is read by itself: how many events it has, its bytes,
 * its bytes when packed, four bytes each, then the LZ4 block. What is damaged costs the events from there to the end of its
 * block.
 *
 * @see <a href="https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md">LZ4 block format</a>
 */
final class PackedBody {

    /** No plain body begins with it: its first event would have two gigabytes. */
    private static final int MARK = 0x7F4C_5A34;
    /** What a block has before its data. */
    private static final int HEAD = 3 * Integer.BYTES;
    /** One byte of a block's data is so many of its own at most. */
    private static final int MOST = 255;

    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().safeDecompressor();

    private PackedBody() {}

    /** Begins a body. */
    static void begin(ByteBuffer body) {
        body.putInt(MARK);
    }

    /** The room that a block of so many bytes needs. */
    static int room(int bytes) {
        return HEAD + COMPRESSOR.maxCompressedLength(bytes);
    }

    /** Adds a block of so many events. */
    static void add(int count, ByteBuffer plain, ByteBuffer body) {
        int data = body.position() + HEAD;
        int size = COMPRESSOR.compress(
                plain.array(), plain.position(), plain.remaining(), body.array(), data, body.capacity() - data);
        body.putInt(count).putInt(plain.remaining()).putInt(size).position(data + size);
    }

    /** Whether a body is packed. */
    static boolean is(byte[] body) {
        return body.length >= Integer.BYTES && ByteBuffer.wrap(body).getInt() == MARK;
    }

    /** The blocks of a frame, and in the last part the events of which no block is left. */
    static List<FramePart> parts(Frame frame) {
        List<FramePart> parts = new ArrayList<>();
        ByteBuffer from = ByteBuffer.wrap(frame.body()).position(Integer.BYTES);
        int done = 0;
        while (from.remaining() >= HEAD) {
            int count = from.getInt();
            int length = from.getInt();
            int size = from.getInt();
            if (count < 1 || count > frame.count() - done || size < 0 || length < 0 || length > (long) size * MOST) {
                // Where the next one begins cannot be known.
                break;
            }
            // Of a body that is cut, what there is.
            int there = Math.min(size, from.remaining());
            Block block = new Block(frame.body(), length, there, from.position());
            parts.add(new FramePart(frame.firstId() + done, count, true, block));
            done += count;
            from.position(from.position() + there);
        }
        if (done < frame.count()) {
            parts.add(new FramePart(frame.firstId() + done, frame.count() - done, new byte[0]));
        }
        return parts;
    }

    /**
     * Where a block is.
     *
     * @param length its bytes
     * @param size its bytes when packed
     * @param from where these begin
     */
    private record Block(byte[] body, int length, int size, int from) implements FramePart.Body {

        @Override
        public byte[] plain() {
            byte[] plain = new byte[length];
            try {
                DECOMPRESSOR.decompress(body, from, size, plain, 0, length);
            } catch (LZ4Exception damaged) {
                // What is before the damage is there, and whether an event is whole its checksum says.
            }
            return plain;
        }
    }
}
