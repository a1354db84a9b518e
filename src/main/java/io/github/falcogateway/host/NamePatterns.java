package io.github.falcogateway.host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines of the host table by pattern of names: {@code *} for any letters, {@code ?} for one. Each is found by the
 * letters that its names must begin or end with: a name is held against few of a hundred thousand. Immutable once
 * filled.
 */
final class NamePatterns {

    /** One pattern and its place among all. */
    private record Line(int place, String glob, HostEntry entry) {}

    private final Edge begins = new Edge(false);
    private final Edge ends = new Edge(true);
    /** Those that are one name. */
    private final Map<String, List<Line>> names = new HashMap<>();

    private int places;

    /** Whether the pattern is one name. */
    static boolean isName(String glob) {
        return literal(glob, 0, 1) == glob.length();
    }

    void add(String glob, HostEntry entry) {
        Line line = new Line(places++, glob, entry);
        int begin = literal(glob, 0, 1);
        int end = literal(glob, glob.length() - 1, -1);
        if (begin == glob.length()) {
            names.computeIfAbsent(glob, first -> new ArrayList<>(1)).add(line);
        } else if (begin >= end) {
            begins.add(glob.substring(0, begin), line);
        } else {
            ends.add(glob.substring(glob.length() - end), line);
        }
    }

    /** The lines whose pattern the name fits, in the order in which they were added. */
    List<HostEntry> of(String name) {
        List<Line> found = new ArrayList<>(names.getOrDefault(name, List.of()));
        begins.addFitting(name, found);
        ends.addFitting(name, found);
        if (found.isEmpty()) {
            return List.of();
        }
        found.sort(Comparator.comparingInt(Line::place));
        return found.stream().map(Line::entry).toList();
    }

    /** Patterns by the letters that names must have at one end. */
    private static final class Edge {

        /** The highest bits of a hash are where it counts. */
        private static final int SHIFT = 12;

        private final boolean last;
        private final Map<String, List<Line>> lines = new HashMap<>();
        /** By hash whether any pattern's letters have it: of a name's beginnings, few are looked up. */
        private final BitSet hashes = new BitSet();

        private int longest;

        Edge(boolean last) {
            this.last = last;
        }

        void add(String letters, Line line) {
            int hash = 0;
            for (int i = 0; i < letters.length(); i++) {
                hash = next(hash, letters, i);
            }
            hashes.set(place(hash));
            longest = Math.max(longest, letters.length());
            lines.computeIfAbsent(letters, first -> new ArrayList<>(1)).add(line);
        }

        void addFitting(String name, List<Line> found) {
            int most = Math.min(longest, name.length());
            int hash = 0;
            for (int length = 0; length <= most; length++) {
                if (hashes.get(place(hash))) {
                    String letters = last ? name.substring(name.length() - length) : name.substring(0, length);
                    for (Line line : lines.getOrDefault(letters, List.of())) {
                        if (fits(line.glob(), name)) {
                            found.add(line);
                        }
                    }
                }
                hash = length == most ? hash : next(hash, name, length);
            }
        }

        /** The hash with one letter more, counted from this end. */
        private int next(int hash, String text, int i) {
            return 31 * hash + text.charAt(last ? text.length() - 1 - i : i);
        }

        private static int place(int hash) {
            return hash * 0x9E3779B9 >>> SHIFT;
        }
    }

    /** Tries the last star's next length wherever the rest does not fit: bounded work, unlike a regular expression's. */
    private static boolean fits(String glob, String name) {
        int at = 0;
        int star = -1;
        int rest = 0;
        for (int i = 0; i < name.length(); ) {
            boolean more = at < glob.length();
            if (more && glob.charAt(at) == '*') {
                star = at++;
                rest = i;
            } else if (more && (glob.charAt(at) == '?' || glob.charAt(at) == name.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++rest;
            } else {
                return false;
            }
        }
        return glob.substring(at).chars().allMatch(c -> c == '*');
    }

    /** How many letters from a place on are themselves. */
    private static int literal(String glob, int from, int step) {
        int length = 0;
        for (int i = from; i >= 0 && i < glob.length() && glob.charAt(i) != '*' && glob.charAt(i) != '?'; i += step) {
            length++;
        }
        return length;
    }
}
