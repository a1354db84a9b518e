package io.github.falcogateway.event;

/**
 * A part of an array of bytes. Immutable; the array is shared and never written to.
 *
 * @param from the first byte
 * @param to the byte after the last
 */
public record Part(byte[] bytes, int from, int to) {

    /** The whole array. */
    public static Part all(byte[] bytes) {
        return new Part(bytes, 0, bytes.length);
    }

    /** How many bytes it is. */
    public int size() {
        return to - from;
    }

    /** Puts it into an array at this place; the place behind it. */
    int into(byte[] target, int at) {
        System.arraycopy(bytes, from, target, at, size());
        return at + size();
    }
}
