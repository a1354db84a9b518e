package io.github.falcogateway.sink;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes numbers, texts and times one after the other, small ones in little room. A text that likely comes again is
 * written once, and then as a number; a time is what lies between it and the one before. Confined to one thread.
 */
final class Packed {

    private static final int MANTISSA = 0x7f;
    private static final int MORE = 0x80;
    private static final int BITS = 7;
    private static final int LONGEST = 10;
    /** Between the parts of a text. */
    private static final char BETWEEN = '\t';

    /** The texts that may come again, by their number from one on. */
    private final Map<String, Integer> shared = new HashMap<>();

    private Instant last = Instant.EPOCH;
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

    /** Writes a text that likely comes again. */
    Packed shared(String text) {
        Integer before = shared.putIfAbsent(text, shared.size() + 1);
        return before == null ? number(0).text(text) : number(before);
    }

    /** Writes a text whose parts, with tabs between, likely come again. */
    Packed parts(String text) {
        int from = 0;
        for (int end = text.indexOf(BETWEEN); end >= 0; end = text.indexOf(BETWEEN, from)) {
            number(1).shared(text.substring(from, end));
            from = end + 1;
        }
        return number(0).shared(text.substring(from));
    }

    Packed time(Instant time) {
        number(time.getEpochSecond() - last.getEpochSecond()).number(time.getNano() - last.getNano());
        last = time;
        return this;
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
        private final List<String> shared = new ArrayList<>();
        private Instant last = Instant.EPOCH;
        private boolean plain;
        private int at;

        Reader(Buffer from) {
            bytes = from.getBytes();
        }

        /** From here on each text and time is whole, as the first version wrote them. */
        void plain() {
            plain = true;
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

        String shared() {
            int number = plain ? 0 : count();
            if (number > 0) {
                return shared.get(number - 1);
            }
            String text = text();
            shared.add(text);
            return text;
        }

        String parts() {
            if (plain) {
                return text();
            }
            StringBuilder text = new StringBuilder();
            while (number() == 1) {
                text.append(shared()).append(BETWEEN);
            }
            return text.append(shared()).toString();
        }

        Instant time() {
            Instant before = plain ? Instant.EPOCH : last;
            last = Instant.ofEpochSecond(before.getEpochSecond() + number(), before.getNano() + number());
            return last;
        }
    }
}
