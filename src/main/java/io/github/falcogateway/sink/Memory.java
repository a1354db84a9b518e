package io.github.falcogateway.sink;

import org.jspecify.annotations.Nullable;

/**
 * What the groups of a sink may remember together: where there are many, each tells fewer values apart, and what comes
 * again in another group is in memory once. Confined to one event loop.
 */
final class Memory {

    /** So many values of a field have a count of their own where there are few groups, and where there are many. */
    private static final int MOST = 20;

    private static final int LEAST = 2;
    private static final int VALUES = 100_000;
    private static final int RECENT = 1 << 8;

    private final Texts texts = new Texts(ValueCounts.TEXTS);
    private final @Nullable Object[] recent = new Object[RECENT];
    private int values = MOST;

    /** So many groups are open. */
    void groups(int open) {
        values = Math.max(LEAST, Math.min(MOST, VALUES / Math.max(1, open)));
    }

    /** How many values of a field have a count of their own in a group. */
    int values() {
        return values;
    }

    /** The values that groups saw. */
    Texts texts() {
        return texts;
    }

    /** An equal one, the same where it was asked for lately; both are of the same class and immutable. */
    @SuppressWarnings("unchecked")
    <T> T same(T value) {
        int hash = value.hashCode();
        int slot = (hash ^ hash >>> 16) & RECENT - 1;
        Object before = recent[slot];
        if (value.equals(before)) {
            return (T) before;
        }
        recent[slot] = value;
        return value;
    }
}
