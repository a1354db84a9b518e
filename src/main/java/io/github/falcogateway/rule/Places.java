package io.github.falcogateway.rule;

import io.github.falcogateway.filter.Demand;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Places of routes by the texts that they ask for, in one way of agreeing with a text. Immutable. */
sealed interface Places {

    int[] NONE = {};

    /** Adds the places of all that may agree with a text. */
    void find(String text, BitSet to);

    /** Those that ask in this way, by what they ask for. */
    static Places of(Demand.How how, Map<String, List<Integer>> byText) {
        return switch (how) {
            case EQUALS -> new Whole(arrays(byText));
            case BEGINS -> {
                IntStream lengths =
                        byText.keySet().stream().mapToInt(String::length).distinct();
                yield new Beginning(arrays(byText), lengths.sorted().toArray());
            }
            case CONTAINS -> Part.of(byText);
        };
    }

    private static int[] array(List<Integer> places) {
        return places.stream().mapToInt(Integer::intValue).distinct().toArray();
    }

    private static void add(int[] places, BitSet to) {
        for (int place : places) {
            to.set(place);
        }
    }

    private static Map<String, int[]> arrays(Map<String, List<Integer>> byText) {
        Map<String, int[]> arrays = new HashMap<>();
        byText.forEach((text, places) -> arrays.put(text, array(places)));
        return arrays;
    }

    /** By the whole text. */
    record Whole(Map<String, int[]> byText) implements Places {
        @Override
        public void find(String text, BitSet to) {
            add(byText.getOrDefault(text, NONE), to);
        }
    }

    /** By what it begins with, of the lengths that are asked for. */
    record Beginning(Map<String, int[]> byText, int[] lengths) implements Places {
        @Override
        public void find(String text, BitSet to) {
            for (int length : lengths) {
                if (length > text.length()) {
                    break;
                }
                add(byText.getOrDefault(text.substring(0, length), NONE), to);
            }
        }
    }

    /**
     * By three letters of what it contains: each text that is asked for stands under the three of its own that the fewest of
     * the others have. Open addressing: a place is free where the key is 0.
     */
    record Part(long[] keys, int[][] places) implements Places {

        private static final int LETTERS = Demand.SHORTEST_PART;
        private static final long MASK = (1L << LETTERS * Character.SIZE) - 1;
        /** So many places for a key, so that most looks end at once. */
        private static final int SPARSE = 4;

        static Part of(Map<String, List<Integer>> byText) {
            Map<Long, Integer> frequent = new HashMap<>();
            byText.keySet().forEach(text -> parts(text).forEach(part -> frequent.merge(part, 1, Integer::sum)));
            Map<Long, List<Integer>> byPart = new HashMap<>();
            byText.forEach((text, places) -> byPart.computeIfAbsent(rarest(text, frequent), part -> new ArrayList<>())
                    .addAll(places));
            int size = Integer.highestOneBit(byPart.size() * SPARSE) * 2;
            Part made = new Part(new long[size], new int[size][]);
            byPart.forEach((part, places) -> {
                int at = made.at(part);
                made.keys[at] = part;
                made.places[at] = array(places);
            });
            return made;
        }

        private static Set<Long> parts(String text) {
            Set<Long> parts = new HashSet<>();
            for (int end = LETTERS; end <= text.length(); end++) {
                parts.add(part(text, end));
            }
            return parts;
        }

        private static long part(String text, int end) {
            long part = 0;
            for (int i = end - LETTERS; i < end; i++) {
                part = with(part, text.charAt(i));
            }
            return key(part);
        }

        private static long with(long part, char letter) {
            return (part << Character.SIZE | letter) & MASK;
        }

        private static long key(long part) {
            return part + 1;
        }

        private static long rarest(String text, Map<Long, Integer> frequent) {
            long best = 0;
            int least = Integer.MAX_VALUE;
            for (long part : parts(text)) {
                int times = frequent.getOrDefault(part, 0);
                if (times < least) {
                    least = times;
                    best = part;
                }
            }
            return best;
        }

        private int at(long key) {
            int mask = keys.length - 1;
            int at = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
            while (keys[at] != 0 && keys[at] != key) {
                at = at + 1 & mask;
            }
            return at;
        }

        @Override
        public void find(String text, BitSet to) {
            long part = 0;
            for (int i = 0; i < text.length(); i++) {
                part = with(part, text.charAt(i));
                if (i >= LETTERS - 1) {
                    int at = at(key(part));
                    if (keys[at] != 0) {
                        add(places[at], to);
                    }
                }
            }
        }
    }
}
