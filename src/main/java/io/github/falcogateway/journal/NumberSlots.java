package io.github.falcogateway.journal;

/**
 * Numbers from 1 on by the hash of what they stand for, open addressing: neither a look-up nor an entry makes an object.
 * The hash stands beside the number, so that only what has it is looked at: of a hundred thousand senders none is in the
 * processor's cache. What a number stands for is its user's to know and to compare. Confined to its user's lock.
 */
final class NumberSlots {

    private static final int FIRST = 64;

    /** The hash in the higher half and the number in the lower one; 0 for a free place. At most half of them are taken. */
    private long[] slots = new long[2 * FIRST];

    private int taken;

    /** The place to begin at with a hash, whose lowest bits count. */
    int first(int hash) {
        return hash & slots.length - 1;
    }

    /** The place after this one. */
    int next(int place) {
        return place + 1 & slots.length - 1;
    }

    /** Whether there is a number in a place; where there is none, the looking ends. */
    boolean isTaken(int place) {
        return slots[place] != 0;
    }

    /** Whether the number in a place is of this hash. */
    boolean isOf(int place, int hash) {
        return slots[place] >> Integer.SIZE == hash;
    }

    /** The number in a place. */
    int at(int place) {
        return (int) slots[place];
    }

    /** Puts a number into the free place where the looking for its hash ended. */
    void put(int place, int hash, int number) {
        slots[place] = (long) hash << Integer.SIZE | number;
        if (2 * ++taken == slots.length) {
            grow();
        }
    }

    private void grow() {
        long[] before = slots;
        slots = new long[2 * before.length];
        for (long slot : before) {
            if (slot != 0) {
                int place = first((int) (slot >> Integer.SIZE));
                while (isTaken(place)) {
                    place = next(place);
                }
                slots[place] = slot;
            }
        }
    }
}
