package io.github.falcogateway.cli;

import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.JournalLine;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a journal dump or an event file, compressed or not; {@code -} is stdin. Confined to one command. */
final class EventSource implements Closeable {

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST = 16 << 20;
    private static final int MAX_ARRAY = 10_000_000;

    private final InputStream in;
    private final Deque<String> elements = new ArrayDeque<>();
    private boolean begun;

    private EventSource(InputStream in) {
        this.in = in;
    }

    static EventSource open(String file) throws IOException {
        InputStream raw =
                new BufferedInputStream(file.equals("-") ? System.in : Files.newInputStream(Path.of(file)), BUFFER);
        raw.mark(2);
        boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        return new EventSource(gzip ? new BufferedInputStream(new GZIPInputStream(raw), BUFFER) : raw);
    }

    /** The next line, or the next element of a JSON array; null at the end. */
    @Nullable
    String next() throws IOException {
        if (!begun) {
            begun = true;
            in.mark(1);
            int first = in.read();
            in.reset();
            if (first == '[') {
                array();
            }
        }
        return elements.isEmpty() ? line() : elements.poll();
    }

    /** Whether the next line would have to be waited for. */
    boolean waits() throws IOException {
        return elements.isEmpty() && in.available() == 0;
    }

    /** What the line holds; null where it is no event. */
    static @Nullable JournalLine read(String line) {
        return JournalLine.of(line);
    }

    private void array() throws IOException {
        List<String> texts = new EventDecoder(MAX_ARRAY).texts(in.readAllBytes());
        elements.addAll(texts);
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() < LONGEST) {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
