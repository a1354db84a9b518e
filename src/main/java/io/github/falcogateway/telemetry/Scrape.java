package io.github.falcogateway.telemetry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * All meters as text. Immutable; the byte array is never written to.
 *
 * @param contentType of the format that was negotiated
 */
public record Scrape(String contentType, byte[] body) {

    /** The body compressed: ten thousand series are megabytes of text that hardly differs. */
    public byte[] gzip() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 8 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
        return packed.toByteArray();
    }
}
