package io.github.falcogateway.telemetry;

/**
 * All meters as text. Immutable.
 *
 * @param contentType of the format that was negotiated
 */
public record Scrape(String contentType, String body) {}
