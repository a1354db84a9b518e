package io.github.falcogateway.live;

/**
 * The checksum of a text out of those of its parts, without looking at their bytes again: what a thousand streams send of the
 * same text is summed once. Each is a polynomial over GF(2), its highest bit the lowest power.
 *
 * @see <a href="https://github.com/madler/zlib/blob/develop/crc32.c">zlib's crc32_combine</a>
 */
final class Crc {

    private static final int POLYNOMIAL = 0xedb88320;
    private static final int ONE = 1 << 31;
    private static final int X_TO_THE_EIGHTH = 1 << 23;

    private Crc() {}

    /** What the checksum before a part is multiplied with. */
    static int shift(int bytes) {
        int product = ONE;
        int square = X_TO_THE_EIGHTH;
        for (int rest = bytes; rest > 0; rest >>>= 1) {
            product = (rest & 1) == 0 ? product : times(product, square);
            square = times(square, square);
        }
        return product;
    }

    /** The checksum of what was before and a part behind it. */
    static int join(int before, int part, int shift) {
        return times(before, shift) ^ part;
    }

    private static int times(int a, int b) {
        int product = 0;
        int power = b;
        for (int bits = a; bits != 0; bits <<= 1) {
            product ^= bits < 0 ? power : 0;
            power = (power >>> 1) ^ ((power & 1) == 0 ? 0 : POLYNOMIAL);
        }
        return product;
    }
}
