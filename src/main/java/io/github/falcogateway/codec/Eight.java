package io.github.falcogateway.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes looked at together. Marks are the top bits of bytes; the lowest mark is never a false one, since a borrow
 * goes upwards.
 */
final class Eight {

    /** The top bit of each byte: set where it is no ASCII. */
    static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Eight() {}

    static long at(byte[] bytes, int from) {
        return (long) LONGS.get(bytes, from);
    }

    /** One byte eight times. */
    static long times(char ascii) {
        return LOW_BITS * ascii;
    }

    /** Marks the bytes that are the one that is there eight times. */
    static long equal(long eight, long times) {
        long differences = eight ^ times;
        return differences - LOW_BITS & ~differences & HIGH_BITS;
    }

    /** Marks the bytes that are less than the one that is there eight times. */
    static long below(long eight, long times) {
        return eight - times & ~eight & HIGH_BITS;
    }

    /** Which byte has the lowest mark. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }
}
