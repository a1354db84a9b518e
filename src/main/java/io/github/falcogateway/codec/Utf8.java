package io.github.falcogateway.codec;

import io.github.falcogateway.event.RejectReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What has to be known about the bytes of an event before they are read. */
final class Utf8 {

    private static final long LINE_FEEDS = Eight.times('\n');
    private static final long RETURNS = Eight.times('\r');

    private Utf8() {}

    /**
     * Refuses bytes that are no UTF-8: they are no JSON either (RFC 8259, 8.1), and no receiver would take them.
     *
     * @return whether there may be line breaks among them
     */
    static boolean check(byte[] bytes, Span part) throws DecodeException {
        long high = 0;
        long breaks = 0;
        int at = part.from();
        for (; at + Long.BYTES <= part.to(); at += Long.BYTES) {
            long eight = Eight.at(bytes, at);
            high |= eight;
            breaks |= Eight.equal(eight, LINE_FEEDS) | Eight.equal(eight, RETURNS);
        }
        for (; at < part.to(); at++) {
            high |= bytes[at];
            breaks |= bytes[at] == '\n' || bytes[at] == '\r' ? Eight.HIGH_BITS : 0;
        }
        if ((high & Eight.HIGH_BITS) != 0) {
            decode(ByteBuffer.wrap(bytes, part.from(), part.to() - part.from()));
        }
        return breaks != 0;
    }

    private static void decode(ByteBuffer bytes) throws DecodeException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException bad) {
            throw new DecodeException(RejectReason.NOT_UTF8, "the bytes are no UTF-8");
        }
    }

    /** The JSON on one line: line breaks between tokens become blanks, so that nothing moves. */
    static byte[] onOneLine(byte[] json, Span part) {
        byte[] line = Arrays.copyOfRange(json, part.from(), part.to());
        for (int at = 0; at < line.length; at++) {
            if (line[at] == '\n' || line[at] == '\r') {
                line[at] = ' ';
            }
        }
        return line;
    }

    /** Where the line ends that begins here: its line feed, or the end of the bytes. */
    static int lineEnd(byte[] bytes, int from) {
        int at = from;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            long feeds = Eight.equal(Eight.at(bytes, at), LINE_FEEDS);
            if (feeds != 0) {
                return at + Eight.first(feeds);
            }
        }
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
