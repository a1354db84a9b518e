package io.github.falcogateway.ingest.http;

/**
 * The limits of a request. Immutable.
 *
 * @param body the most bytes of a body, as sent and decompressed
 */
public record IngestOptions(int body) {}
