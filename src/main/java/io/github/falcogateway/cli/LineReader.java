package io.github.falcogateway.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads lines, or the elements of a JSON array, out of a stream without holding more than one. Confined to one thread. */
final class LineReader implements Closeable {

    private static final int BUFFER = 1 << 16;
    /** What is longer is cut there: no event is. */
    private static final int LONGEST = 16 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private byte[] text = new byte[4096];
    private int length;
    private boolean cut;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next byte that is no blank, left unread; -1 at the end. */
    int peek() throws IOException {
        while (at < end || fill()) {
            byte b = buffer[at];
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b;
            }
            at++;
        }
        return -1;
    }

    /** Takes a byte that was looked at. */
    void skip() {
        at++;
    }

    /** The next line without its end; null at the end. */
    @Nullable
    String line() throws IOException {
        if (at == end && !fill()) {
            cut = true;
            return null;
        }
        length = 0;
        cut = false;
        while (true) {
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            keep(stop);
            if (stop < end) {
                at = stop + 1;
                return text();
            }
            if (!fill()) {
                cut = true;
                return text();
            }
        }
    }

    /** Whether the last line had no end: whoever writes the file may be in the middle of it. */
    boolean isCut() {
        return cut;
    }

    /** The next element of an array that has begun; null where it ends. */
    @Nullable
    String element() throws IOException {
        int first = peek();
        if (first == ',') {
            skip();
            first = peek();
        }
        if (first < 0 || first == ']') {
            at = Math.min(end, at + 1);
            return null;
        }
        length = 0;
        int depth = 0;
        boolean quoted = false;
        boolean escaped = false;
        while (at < end || fill()) {
            byte b = buffer[at];
            if (!quoted && depth == 0 && (b == ',' || b == ']')) {
                return text();
            }
            quoted = b == '"' && !escaped ? !quoted : quoted;
            escaped = quoted && b == '\\' && !escaped;
            if (!quoted) {
                depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
            }
            keep(at + 1);
        }
        return text();
    }

    /** Whether more would have to be waited for. */
    boolean waits() throws IOException {
        return at == end && in.available() == 0;
    }

    private void keep(int stop) {
        int more = Math.min(stop - at, LONGEST - length);
        if (length + more > text.length) {
            text = Arrays.copyOf(text, Math.max(length + more, text.length * 2));
        }
        System.arraycopy(buffer, at, text, length, more);
        length += more;
        at = stop;
    }

    private String text() {
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer);
        at = 0;
        end = Math.max(0, read);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
