package io.github.falcogateway.sink;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Texts that many have, each in memory once and known by a number: a user of a text holds the number, which is no
 * reference that the collector would follow. A text that nobody uses any more is forgotten, and its number is given
 * anew. Confined to one event loop.
 */
final class Texts {

    /** The number of the empty text, which is always there. */
    static final int EMPTY = 0;
    /** What {@link #find} says of a text that nobody uses. */
    static final int NONE = -1;

    /** Nobody can write texts that meet in one place, since every set has its own hash. */
    private final long seed = ThreadLocalRandom.current().nextLong();

    private final int most;
    /** By number. */
    private String[] texts = new String[1024];
    /** By number: how many use it, or where the number is free the next free one. */
    private int[] uses = new int[texts.length];

    private int[] hashes = new int[texts.length];
    /** Open addressing: a number, 0 for a free place; at most half of it is taken. */
    private int[] slots = new int[2 * texts.length];
    /** How many numbers were given. */
    private int size = 1;
    /** The first free one of them, 0 for none. */
    private int free;

    /** @param most the numbers that are given are below it */
    Texts(int most) {
        this.most = most;
        texts[EMPTY] = "";
    }

    /** Whether there is no number for a further text. */
    boolean isFull() {
        return free == 0 && size >= most;
    }

    /** The number of a text that is used; {@link #NONE} where it is not. */
    int find(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        int number = slots[slot(text, hash(text))];
        return number == 0 ? NONE : number;
    }

    /** Uses a text once more; its number. Not where it is new and {@link #isFull}. */
    int use(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        int hash = hash(text);
        int slot = slot(text, hash);
        int number = slots[slot];
        if (number == 0) {
            number = next();
            texts[number] = text;
            hashes[number] = hash;
            slots[slot] = number;
            if (2 * size > slots.length) {
                widen();
            }
        }
        uses[number]++;
        return number;
    }

    /** Uses a text once less. */
    void release(int number) {
        if (number == EMPTY || --uses[number] > 0) {
            return;
        }
        empty(slot(texts[number], hashes[number]));
        texts[number] = "";
        uses[number] = free;
        free = number;
    }

    /** The text of a number that is used. */
    String text(int number) {
        return texts[number];
    }

    private int next() {
        if (free != 0) {
            int number = free;
            free = uses[number];
            uses[number] = 0;
            return number;
        }
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, 2 * size);
            uses = Arrays.copyOf(uses, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        return size++;
    }

    private int hash(String text) {
        return (int) (Fingerprints.hash(seed, text) >>> Integer.SIZE);
    }

    /** Where the text is, or the free place for it. */
    private int slot(String text, int hash) {
        int at = hash & slots.length - 1;
        while (slots[at] != 0 && !(hashes[slots[at]] == hash && texts[slots[at]].equals(text))) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    /** Empties a place and moves up what is behind it only because it was taken. */
    private void empty(int slot) {
        int mask = slots.length - 1;
        int hole = slot;
        for (int at = hole + 1 & mask; slots[at] != 0; at = at + 1 & mask) {
            int home = hashes[slots[at]] & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                slots[hole] = slots[at];
                hole = at;
            }
        }
        slots[hole] = 0;
    }

    private void widen() {
        int[] before = slots;
        slots = new int[2 * before.length];
        int mask = slots.length - 1;
        for (int number : before) {
            if (number != 0) {
                int at = hashes[number] & mask;
                while (slots[at] != 0) {
                    at = at + 1 & mask;
                }
                slots[at] = number;
            }
        }
    }
}
