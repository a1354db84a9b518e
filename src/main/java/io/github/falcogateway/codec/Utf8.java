package io.github.falcogateway.codec;

import io.github.falcogateway.event.RejectReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What has to be known about the bytes of an event before they are read. */
final class Utf8 {

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
        for (int at = 0; at < json.length; at++) {
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

    private static boolean ascii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }
}
