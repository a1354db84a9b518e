package io.github.falcogateway.filter;

import java.util.Collection;

/** Finds the name that was probably meant. */
public final class Suggestions {

    private Suggestions() {}

    /** The nearest of the known names; empty where none is within a third of its letters. */
    public static String nearest(String wrong, Collection<String> known) {
        String best = "";
        int least = Math.max(1, wrong.length() / 3) + 1;
        for (String name : known) {
            int distance = distance(wrong, name);
            if (distance < least || distance == least && !best.isEmpty() && name.compareTo(best) < 0) {
                best = name;
                least = distance;
            }
        }
        return best;
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
