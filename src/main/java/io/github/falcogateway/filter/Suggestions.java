package io.github.falcogateway.filter;

import java.util.Collection;

/** Finds the name that was probably meant. */
public final class Suggestions {

    private static final int LONGEST = 200;
    private static final int TOO_FAR = Integer.MAX_VALUE;

    private Suggestions() {}

    /** The nearest of the known names; empty where none is within a third of its letters. */
    public static String nearest(String wrong, Collection<String> known) {
        return within(wrong, known, Math.max(1, wrong.length() / 3));
    }

    /** Asks for it behind a message; nothing where the name is empty. */
    public static String question(String name) {
        return name.isEmpty() ? "" : " (did you mean \"" + name + "\"?)";
    }

    /** The known name that differs by one slip: a letter too many, too few, another, or two swapped; else empty. */
    static String slip(String wrong, Collection<String> known) {
        return within(wrong, known, 1);
    }

    private static String within(String wrong, Collection<String> known, int most) {
        String best = "";
        int least = most + 1;
        for (String name : known) {
            int distance = distance(wrong, name, least);
            if (distance < least || distance == least && !best.isEmpty() && name.compareTo(best) < 0) {
                best = name;
                least = distance;
            }
        }
        return best;
    }

    /** Letters to add, drop, replace or swap with their neighbour; not counted out where that is more than the most. */
    private static int distance(String a, String b, int most) {
        if (Math.abs(a.length() - b.length()) > most || a.length() > LONGEST) {
            return TOO_FAR;
        }
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                char x = a.charAt(i - 1);
                char y = b.charAt(j - 1);
                row[j] = Math.min(last[j - 1] + (x == y ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && x == b.charAt(j - 2) && a.charAt(i - 2) == y) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            before = last;
            last = row;
        }
        return last[b.length()];
    }
}
