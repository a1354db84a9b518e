package io.github.falcogateway.sink.file;

/** A number for each of many ids, in 16 bytes a slot, of which a third is in use at least. Confined to one thread. */
final class Sums {

    private static final int SLOTS = 1024;

    /** 0 where a slot is free. */
    private long[] ids = new long[SLOTS];

    private long[] sums = new long[SLOTS];
    private int size;

    /** @param id above 0 */
    void put(long id, long sum) {
        if (size + 1 > ids.length / 3 * 2) {
            grow();
        }
        int slot = slot(id);
        size += ids[slot] == 0 ? 1 : 0;
        ids[slot] = id;
        sums[slot] = sum;
    }

    /** The number of an id; 0 where it has none. */
    long get(long id) {
        return size == 0 ? 0 : sums[slot(id)];
    }

    void clear() {
        if (size > 0) {
            ids = new long[SLOTS];
            sums = new long[SLOTS];
            size = 0;
        }
    }

    private void grow() {
        long[] oldIds = ids;
        long[] oldSums = sums;
        ids = new long[2 * oldIds.length];
        sums = new long[2 * oldIds.length];
        size = 0;
        for (int i = 0; i < oldIds.length; i++) {
            if (oldIds[i] != 0) {
                put(oldIds[i], oldSums[i]);
            }
        }
    }

    /** Where an id is, or would be: ids that follow each other are side by side. */
    private int slot(long id) {
        int slot = (int) id & ids.length - 1;
        while (ids[slot] != 0 && ids[slot] != id) {
            slot = slot + 1 & ids.length - 1;
        }
        return slot;
    }
}
