package io.github.falcogateway.telemetry;

/**
 * All meters as text. Immutable; the byte array is never written to.
 *
 * @param contentType of the format that was negotiated
 */
public record Scrape(String contentType, byte[] body) {}
