package io.github.falcogateway.rule;

import java.util.Arrays;

/** Rising sequences of places as one, each place once. Confined to one match. */
final class Walk {

    private static final int FEW = 8;

    private int[][] sequences = new int[FEW][];
    private int[] at = new int[FEW];
    private int count;

    /** A walk over one sequence so far. */
    Walk(int[] places) {
        add(places);
    }

    void add(int[] places) {
        if (places.length == 0) {
            return;
        }
        if (count == sequences.length) {
            sequences = Arrays.copyOf(sequences, 2 * count);
            at = Arrays.copyOf(at, 2 * count);
        }
        sequences[count++] = places;
    }

    /** The next place; -1 after the last. */
    int next() {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            if (at[i] < sequences[i].length) {
                least = Math.min(least, sequences[i][at[i]]);
            }
        }
        if (least == Integer.MAX_VALUE) {
            return -1;
        }
        for (int i = 0; i < count; i++) {
            if (at[i] < sequences[i].length && sequences[i][at[i]] == least) {
                at[i]++;
            }
        }
        return least;
    }
}
