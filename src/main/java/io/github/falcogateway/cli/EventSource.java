package io.github.falcogateway.cli;

import io.github.falcogateway.codec.JournalLine;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a journal dump or an event file, compressed or not; {@code -} is stdin. Confined to one thread. */
final class EventSource implements Closeable {

    private static final int BUFFER = 1 << 16;
    private static final int BYTE_ORDER_MARK = 0xEF;

    private final String file;
    private final Counted counted;
    private final LineReader lines;
    private boolean begun;
    private boolean array;
    private @Nullable String after;

    private EventSource(String file, Counted counted, InputStream plain) {
        this.file = file;
        this.counted = counted;
        this.lines = new LineReader(plain);
    }

    static EventSource open(String file) throws IOException {
        try {
            return opened(file, file.equals("-") ? System.in : Files.newInputStream(Path.of(file)));
        } catch (IOException broken) {
            throw new InputFile.Broken(file, broken);
        }
    }

    /** What is open already. */
    static EventSource of(String file, InputStream in) throws IOException {
        try {
            return opened(file, in);
        } catch (IOException broken) {
            throw new InputFile.Broken(file, broken);
        }
    }

    private static EventSource opened(String file, InputStream in) throws IOException {
        Counted counted = new Counted(in);
        BufferedInputStream raw = new BufferedInputStream(counted, BUFFER);
        raw.mark(3);
        int first = raw.read();
        int second = raw.read();
        raw.reset();
        if (first == BYTE_ORDER_MARK) {
            raw.skipNBytes(3);
        }
        boolean gzip = first == 0x1f && second == 0x8b;
        return new EventSource(file, counted, gzip ? new GZIPInputStream(raw, BUFFER) : raw);
    }

    /**
     * The next line, or the next element of a JSON array; null at the end.
     *
     * @throws InputFile.Broken where the file cannot be read on
     */
    @Nullable
    String next() throws IOException {
        try {
            return following();
        } catch (IOException broken) {
            throw new InputFile.Broken(file, broken);
        }
    }

    private @Nullable String following() throws IOException {
        if (!begun) {
            begin();
        }
        if (after != null) {
            String first = after;
            after = null;
            return first;
        }
        if (array) {
            String element = lines.element();
            array = element != null;
            return element == null ? following() : element;
        }
        String line = lines.line();
        return line != null && line.stripTrailing().equals("{") ? spread(line) : line;
    }

    /** Told apart from a line that begins with a time in brackets. */
    private void begin() throws IOException {
        begun = true;
        if (lines.peek() != '[') {
            return;
        }
        lines.skip();
        int next = lines.peek();
        array = next == '{' || next == ']';
        if (!array) {
            after = "[" + lines.line();
        }
    }

    /** An object that somebody has laid out over lines; it ends with a brace at their begin. */
    private String spread(String first) throws IOException {
        StringBuilder object = new StringBuilder(first);
        for (String line = lines.line(); line != null; line = lines.line()) {
            object.append(line.strip());
            if (line.startsWith("}")) {
                break;
            }
        }
        return object.toString();
    }

    /** Whether the last line ended with the file and not by itself: there may come more of it. */
    boolean isCut() {
        return !array && lines.isCut();
    }

    /** Whether the next line would have to be waited for. */
    boolean waits() throws IOException {
        return after == null && lines.waits();
    }

    /** How much of the file was read, compressed as it is. */
    long bytes() {
        return counted.bytes;
    }

    /** What the line holds; null where it is no event. */
    static @Nullable JournalLine read(String line) {
        return JournalLine.of(line);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /** Counts what is read. */
    private static final class Counted extends FilterInputStream {

        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            bytes += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            int read = in.read(to, from, length);
            bytes += Math.max(0, read);
            return read;
        }
    }
}
