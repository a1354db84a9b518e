package io.github.falcogateway.live;

import java.util.function.IntSupplier;

/**
 * How much may be on its way to one stream's client: what all streams have together is bounded, however many they are. Each
 * has its bytes twice, in the heap and on their way into the socket. Thread-safe.
 *
 * @param bytes what all may have
 * @param streams how many there are now
 * @param turns for what is larger than the share of one: these take turns at as much once more
 */
record Room(long bytes, IntSupplier streams, Turns turns) {

    private static final int SHARE_OF_HEAP = 10;
    private static final long MOST = 128L << 20;
    private static final int LEAST_EACH = 8 * 1024;
    private static final int MOST_EACH = 1 << 20;

    static Room of(IntSupplier streams) {
        return of(Math.min(MOST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP), streams);
    }

    static Room of(long bytes, IntSupplier streams) {
        return new Room(bytes, streams, new Turns(bytes));
    }

    /** The bytes of one stream. */
    int each() {
        return (int) Math.max(LEAST_EACH, Math.min(MOST_EACH, bytes / Math.max(1, streams.getAsInt())));
    }
}
