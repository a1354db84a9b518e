import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The body of an answer in chunks with gzip; each read gives what it holds, whole or not. */
final class GzipBody {

    private static final int GZIP_HEAD = 10;

    final boolean unpacks;
    private final ByteBuffer text;
    private final Inflater inflater;
    private String line = "";
    private boolean inBody;
    /** Bytes of the chunk that are still to come. */
    private int rest;
    private int skip = GZIP_HEAD;

    GzipBody(boolean unpacks) {
        this.unpacks = unpacks;
        text = unpacks ? ByteBuffer.allocate(1 << 16) : null;
        inflater = unpacks ? new Inflater(true) : null;
    }

    void read(ByteBuffer bytes, Consumer<ByteBuffer> reader) throws IOException {
        while (unpacks && bytes.hasRemaining()) {
            if (rest == 0) {
                line(bytes.get());
                continue;
            }
            byte[] part = new byte[Math.min(rest, bytes.remaining())];
            bytes.get(part);
            rest -= part.length;
            int skipped = Math.min(skip, part.length);
            skip -= skipped;
            inflater.setInput(part, skipped, part.length - skipped);
            inflate(reader);
        }
    }

    private void line(byte next) throws IOException {
        line += next == '\r' ? "" : (char) next;
        if (next != '\n') {
            return;
        }
        if (inBody && !line.isBlank()) {
            rest = Integer.parseInt(line.strip(), 16);
        } else if (!inBody && line.isBlank()) {
            inBody = true;
        } else if (line.startsWith("HTTP/1.1 ") && !line.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered " + line);
        }
        line = "";
    }

    private void inflate(Consumer<ByteBuffer> reader) throws IOException {
        try {
            while (inflater.inflate(text.clear()) > 0) {
                reader.accept(text.flip());
            }
        } catch (DataFormatException broken) {
            throw new IOException(broken);
        }
    }
}
