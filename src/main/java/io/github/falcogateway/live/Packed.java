package io.github.falcogateway.live;

import io.vertx.core.buffer.Buffer;
import java.util.zip.CRC32;

/**
 * A text as whole blocks of deflate that end with a byte and refer to nothing before them: the same bytes go into any gzip
 * stream. Immutable.
 *
 * @param length bytes of the text
 * @param crc the text's checksum
 * @param shift what the checksum before it is multiplied with
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951: DEFLATE</a>
 */
record Packed(Buffer blocks, int length, int crc, int shift) {

    private static final int MOST_IN_BLOCK = 0xffff;
    private static final int BLOCK_HEAD = 5;

    static Packed of(Buffer blocks, int length, CRC32 crc) {
        return new Packed(blocks, length, (int) crc.getValue(), Crc.shift(length));
    }

    /** As it is, in blocks that are stored, and an empty one: Go's reader gives out what it has only then, as at a flush. */
    static Packed stored(Buffer text) {
        int length = text.length();
        Buffer blocks = Buffer.buffer(length + BLOCK_HEAD * (2 + length / MOST_IN_BLOCK));
        int part = -1;
        for (int at = 0; part != 0; at += part) {
            part = Math.min(MOST_IN_BLOCK, length - at);
            blocks.appendByte((byte) 0)
                    .appendUnsignedShortLE(part)
                    .appendUnsignedShortLE(part ^ MOST_IN_BLOCK)
                    .appendBuffer(text, at, part);
        }
        CRC32 crc = new CRC32();
        crc.update(text.getBytes());
        return of(blocks, length, crc);
    }
}
