package io.github.falcogateway.journal;

import java.util.function.IntUnaryOperator;

/**
 * Numbers from 1 on by the hash of what they stand for, open addressing: neither a look-up nor an entry makes an object.
 * What a number stands for is its user's to know and to compare. Confined to its user's lock.
 */
final class NumberSlots {

    /** 0 for a free place; at most half of them are taken. */
    private int[] slots;

    /** Slots for so many numbers, a power of two. */
    NumberSlots(int numbers) {
        slots = new int[2 * numbers];
    }

    /** The place to begin at with a hash, whose lowest bits count. */
    int first(int hash) {
        return hash & slots.length - 1;
    }

    /** The place after this one. */
    int next(int place) {
        return place + 1 & slots.length - 1;
    }

    /** The number in a place; 0 for none, where the looking ends. */
    int at(int place) {
        return slots[place];
    }

    void put(int place, int number) {
        slots[place] = number;
    }

    /** Makes room for so many numbers; those up to {@code last} are put in anew. */
    void grow(int numbers, int last, IntUnaryOperator hash) {
        slots = new int[2 * numbers];
        for (int number = 1; number <= last; number++) {
            int place = first(hash.applyAsInt(number));
            while (slots[place] != 0) {
                place = next(place);
            }
            slots[place] = number;
        }
    }
}
