package io.github.falcogateway.sink;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Writes numbers, texts and times one after the other, small ones in little room. Confined to one thread. */
final class Packed {

    private static final int MANTISSA = 0x7f;
    private static final int MORE = 0x80;
    private static final int BITS = 7;
    private static final int LONGEST = 10;

    private byte[] bytes;
    private int size;

    /** @param room for so many bytes it need not grow */
    Packed(int room) {
        bytes = new byte[room];
    }

    Packed number(long value) {
        room(LONGEST);
        // Zigzag, as small numbers below zero are small too.
        long rest = value << 1 ^ value >> Long.SIZE - 1;
        while ((rest & ~MANTISSA) != 0) {
            bytes[size++] = (byte) (rest | MORE);
            rest >>>= BITS;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    Packed text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
        return this;
    }

    Packed time(Instant time) {
        return number(time.getEpochSecond()).number(time.getNano());
    }

    Buffer toBuffer() {
        return Buffer.buffer(size).appendBytes(bytes, 0, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    /** Reads what was written, in the same order. Confined to one thread. */
    static final class Reader {

        private final byte[] bytes;
        private int at;

        Reader(Buffer from) {
            bytes = from.getBytes();
        }

        boolean isAtEnd() {
            return at == bytes.length;
        }

        long number() {
            long value = 0;
            for (int shift = 0; ; shift += BITS) {
                byte next = bytes[at++];
                value |= (long) (next & MANTISSA) << shift;
                if (next >= 0) {
                    return value >>> 1 ^ -(value & 1);
                }
            }
        }

        int count() {
            return Math.toIntExact(number());
        }

        String text() {
            int length = count();
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }

        Instant time() {
            return Instant.ofEpochSecond(number(), number());
        }
    }
}
