package io.github.falcogateway.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Lines of the host table by pattern of names: {@code *} for any letters, {@code ?} for one. Each is found by the
 * letters that its names must begin or end with: a name is held against few of a hundred thousand. Immutable once
 * filled.
 */
final class NamePatterns {

    /** One pattern and its place among all. */
    private record Line(int place, String glob, HostEntry entry) {}

    private final Map<String, List<Line>> byBegin = new HashMap<>();
    private final Map<String, List<Line>> byEnd = new HashMap<>();
    private final TreeSet<Integer> begins = new TreeSet<>();
    private final TreeSet<Integer> ends = new TreeSet<>();
    private int places;

    void add(String glob, HostEntry entry) {
        Line line = new Line(places++, glob, entry);
        String begin = glob.substring(0, literal(glob, 0, 1));
        String end = glob.substring(glob.length() - literal(glob, glob.length() - 1, -1));
        if (begin.length() >= end.length()) {
            begins.add(begin.length());
            byBegin.computeIfAbsent(begin, first -> new ArrayList<>(1)).add(line);
        } else {
            ends.add(end.length());
            byEnd.computeIfAbsent(end, first -> new ArrayList<>(1)).add(line);
        }
    }

    /** The lines whose pattern the name fits, in the order in which they were added. */
    List<HostEntry> of(String name) {
        List<Line> found = new ArrayList<>();
        for (int length : begins.headSet(name.length(), true)) {
            addFitting(byBegin.getOrDefault(name.substring(0, length), List.of()), name, found);
        }
        for (int length : ends.headSet(name.length(), true)) {
            addFitting(byEnd.getOrDefault(name.substring(name.length() - length), List.of()), name, found);
        }
        if (found.isEmpty()) {
            return List.of();
        }
        found.sort(Comparator.comparingInt(Line::place));
        return found.stream().map(Line::entry).toList();
    }

    private static void addFitting(List<Line> lines, String name, List<Line> found) {
        for (Line line : lines) {
            if (fits(line.glob(), name)) {
                found.add(line);
            }
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
