package io.github.falcogateway.codec;

import io.github.falcogateway.event.RejectReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What has to be known about the bytes of an event before they are read. */
final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long LINE_FEEDS = LOW_BITS * '\n';
    private static final long RETURNS = LOW_BITS * '\r';

    private Utf8() {}

    /** Refuses bytes that are no UTF-8: they are no JSON either (RFC 8259, 8.1), and no receiver would take them. */
    static void check(byte[] bytes) throws DecodeException {
        if (ascii(bytes)) {
            return;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException bad) {
            throw new DecodeException(RejectReason.NOT_UTF8, "the bytes are no UTF-8");
        }
    }

    /** The JSON on one line: line breaks between tokens become blanks, so that nothing moves. */
    static byte[] onOneLine(byte[] json) {
        byte[] line = json;
        for (int at = firstBreak(json); at < json.length; at++) {
            if (json[at] == '\n' || json[at] == '\r') {
                if (line == json) {
                    line = json.clone();
                }
                line[at] = ' ';
            }
        }
        return line;
    }

    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Where a line break may be, eight bytes looked at together; the end where there is none. */
    private static int firstBreak(byte[] json) {
        int at = 0;
        while (at + Long.BYTES <= json.length) {
            long eight = (long) LONGS.get(json, at);
            if ((zeros(eight ^ LINE_FEEDS) | zeros(eight ^ RETURNS)) != 0) {
                return at;
            }
            at += Long.BYTES;
        }
        return at;
    }

    /** Not 0 where one of the eight bytes is 0. */
    private static long zeros(long eight) {
        return eight - LOW_BITS & ~eight & HIGH_BITS;
    }

    private static boolean ascii(byte[] bytes) {
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            if (((long) LONGS.get(bytes, at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < bytes.length; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }
}
