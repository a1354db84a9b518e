package io.github.falcogateway.codec;

/**
 * A part of a byte array. Immutable.
 *
 * @param from the first byte
 * @param to the byte after the last
 */
record Span(int from, int to) {

    /** The same part where the bytes begin so many bytes later. */
    Span back(int bytes) {
        return new Span(from - bytes, to - bytes);
    }
}
