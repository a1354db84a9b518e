package io.github.falcogateway.sink;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A set of texts that remembers eight bytes of each: two are taken for the same by a chance of one in 10^14 with a
 * hundred thousand of them, and nobody can write such two, since every set has its own hash. Confined to one event loop.
 */
final class Fingerprints {

    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final long seed = ThreadLocalRandom.current().nextLong();
    /** Open addressing, 0 for a free place; at most half of it is taken. */
    private long[] slots = new long[1024];

    private int size;

    int size() {
        return size;
    }

    /** Adds texts as if they were one; whether it is new. */
    boolean add(String... texts) {
        long hash = seed;
        for (String text : texts) {
            hash = hash(hash, text);
        }
        hash ^= hash >>> Integer.SIZE;
        if (!put(hash == 0 ? 1 : hash)) {
            return false;
        }
        size++;
        if (size > slots.length / 2) {
            long[] before = slots;
            slots = new long[2 * before.length];
            for (long each : before) {
                boolean unused = each != 0 && put(each);
            }
        }
        return true;
    }

    /** Goes on with a hash by a text; its upper half is as good as it is. */
    static long hash(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = (Long.rotateLeft(hash, 23) ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    private boolean put(long hash) {
        int at = (int) hash & slots.length - 1;
        while (slots[at] != 0) {
            if (slots[at] == hash) {
                return false;
            }
            at = at + 1 & slots.length - 1;
        }
        slots[at] = hash;
        return true;
    }
}
