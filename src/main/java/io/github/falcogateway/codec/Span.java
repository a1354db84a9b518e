package io.github.falcogateway.codec;

/**
 * A part of a byte array. Immutable.
 *
 * @param from the first byte
 * @param to the byte after the last
 */
record Span(int from, int to) {}
