package io.github.falcogateway.ingest.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Decompresses a body, never beyond its limit: a hundred megabytes of zeros fit into a hundred kilobytes. */
final class Inflater {

    /** The body is larger than the limit once decompressed. */
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1;
    }

    private Inflater() {}

    /**
     * The body decompressed.
     *
     * @throws TooLarge beyond the limit
     * @throws IOException where it is not compressed as it says
     */
    static byte[] inflate(byte[] body, String encoding, int limit) throws IOException, TooLarge {
        try (InputStream in = stream(body, encoding)) {
            byte[] plain = in.readNBytes(limit + 1);
            if (plain.length > limit) {
                throw new TooLarge();
            }
            return plain;
        }
    }

    private static InputStream stream(byte[] body, String encoding) throws IOException {
        InputStream in = new ByteArrayInputStream(body);
        if (!encoding.equals("deflate")) {
            return new GZIPInputStream(in);
        }
        // "deflate" means zlib (RFC 9110, 8.4.1.2), but some senders leave its two-byte header out.
        boolean zlib = body.length > 1 && (body[0] & 0x0F) == 8 && ((body[0] & 0xFF) << 8 | body[1] & 0xFF) % 31 == 0;
        return new InflaterInputStream(in, new java.util.zip.Inflater(!zlib));
    }
}
