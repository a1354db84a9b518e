package io.github.falcogateway.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** A client of a live stream on a bare socket: what comes is read as soon as it is there, by a thread of its own. */
public final class StreamSocket implements AutoCloseable {

    private static final int BUFFER = 8192;

    private final Socket socket;
    private final InputStream in;
    private final StringBuilder head = new StringBuilder();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private volatile long bodyBytes;
    private volatile String end = "";
    /** Bytes of the chunk that are still to come; -1 behind the last one. */
    private int rest;

    /** Opens one; the headers each with their line end. */
    public StreamSocket(int port, String path, String headers) throws IOException {
        socket = new Socket("127.0.0.1", port);
        in = socket.getInputStream();
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line.toLowerCase(Locale.ROOT)).append('\n');
        }
        Thread reader = new Thread(this::read, "stream");
        reader.setDaemon(true);
        reader.start();
    }

    /** Status line and headers, in lower case. */
    public String head() {
        return head.toString();
    }

    /** The lines of text that came. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** How many bytes of the body came, as they were sent. */
    public long bodyBytes() {
        return bodyBytes;
    }

    /** {@code whole}, or what was wrong with the body; empty while it lasts. */
    public String end() {
        return end;
    }

    private void read() {
        try {
            Chunks chunks = new Chunks();
            InputStream text = head().contains("content-encoding: gzip") ? new GZIPInputStream(chunks) : chunks;
            // A Reader would wait for more: an inflating stream says that it has some until its end.
            byte[] some = new byte[BUFFER];
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int read = text.read(some); read >= 0; read = text.read(some)) {
                for (int i = 0; i < read; i++) {
                    if (some[i] == '\n') {
                        lines.add(line.toString(StandardCharsets.UTF_8));
                        line.reset();
                    } else {
                        line.write(some[i]);
                    }
                }
            }
            end = "whole";
        } catch (IOException broken) {
            end = broken.toString();
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            line.append(next == '\r' ? "" : (char) next);
        }
        return line.toString();
    }

    /** The body without the marks of HTTP between its chunks. */
    private final class Chunks extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            if (rest == 0) {
                rest = Integer.parseInt(line(), 16);
                rest = rest == 0 ? -1 : rest;
            }
            if (rest < 0) {
                return -1;
            }
            int read = in.read(into, at, Math.min(length, rest));
            if (read < 0) {
                throw new EOFException("the connection ended within a chunk");
            }
            bodyBytes += read;
            rest -= read;
            if (rest == 0) {
                line();
            }
            return read;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
