package io.github.falcogateway.filter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which events a condition can match at all, by what is cheap to look up. Immutable.
 *
 * @param asks of which an event must meet one; none where it may be any event
 * @param severities the severities it can match, a bit each from 1 for Emergency
 */
public record Demand(List<Ask> asks, int severities) {

    /** How a field must agree with a text; those that fewer events are likely to meet come first. */
    public enum How {
        EQUALS,
        BEGINS,
        CONTAINS
    }

    /**
     * What a field must be, or of a list one of its items.
     *
     * @param slot the place of the field
     * @param texts with one of which it must agree
     */
    public record Ask(int slot, How how, Set<String> texts) {}

    /** A shorter text is part of too many others to tell routes apart. */
    public static final int SHORTEST_PART = 3;

    private static final int ALL = 0xFF;
    private static final String WILD = "*?[\\";

    private static Demand none(int severities) {
        return new Demand(List.of(), severities);
    }

    static Demand of(Formula formula) {
        if (formula instanceof Formula.Any any) {
            return any(any.parts());
        }
        if (formula instanceof Formula.Leaf leaf) {
            int severities = Facts.of(List.of(leaf)).severities();
            return isPlain(leaf) ? of(leaf, severities) : none(severities);
        }
        return all(((Formula.All) formula).parts());
    }

    private static Demand all(List<Formula> parts) {
        Demand best = none(ALL);
        int severities = ALL;
        for (Formula part : parts) {
            Demand demand = of(part);
            severities &= demand.severities;
            best = demand.isNearerThan(best) ? demand : best;
        }
        return new Demand(best.asks, severities);
    }

    /** Whether fewer events are likely to meet it. */
    private boolean isNearerThan(Demand other) {
        if (asks.isEmpty() || other.asks.isEmpty()) {
            return !asks.isEmpty();
        }
        int compared = widest().compareTo(other.widest());
        return compared == 0 ? texts() < other.texts() : compared < 0;
    }

    private How widest() {
        return asks.stream().map(Ask::how).reduce(How.EQUALS, (one, two) -> one.compareTo(two) > 0 ? one : two);
    }

    private int texts() {
        return asks.stream().mapToInt(ask -> ask.texts.size()).sum();
    }

    private static Demand any(List<Formula> parts) {
        record Field(int slot, How how) {}
        Map<Field, Set<String>> texts = new LinkedHashMap<>();
        int severities = 0;
        boolean told = true;
        for (Formula part : parts) {
            Demand demand = of(part);
            severities |= demand.severities;
            told &= !demand.asks.isEmpty();
            for (Ask ask : demand.asks) {
                texts.computeIfAbsent(new Field(ask.slot, ask.how), field -> new HashSet<>())
                        .addAll(ask.texts);
            }
        }
        List<Ask> asks = new ArrayList<>();
        texts.forEach((field, wanted) -> asks.add(new Ask(field.slot, field.how, wanted)));
        return told ? new Demand(asks, severities) : none(severities);
    }

    private static boolean isPlain(Formula.Leaf leaf) {
        return !leaf.negated()
                && leaf.test().slot() >= 0
                && leaf.check().modifier().isEmpty()
                && !(leaf.check().right() instanceof Operand.Transform);
    }

    private static Demand of(Formula.Leaf leaf, int severities) {
        return switch (leaf.check().operator()) {
            case EQ, EQ_SHORT, IN, INTERSECTS -> of(leaf, How.EQUALS, equals(leaf), severities);
            case STARTSWITH -> of(leaf, How.BEGINS, longEnough(word(leaf), 1), severities);
            case CONTAINS, ENDSWITH -> of(leaf, How.CONTAINS, longEnough(word(leaf), SHORTEST_PART), severities);
            case GLOB -> glob(leaf, severities);
            case REGEX -> regex(leaf, severities);
            default -> none(severities);
        };
    }

    private static Demand of(Formula.Leaf leaf, How how, Set<String> texts, int severities) {
        return texts.isEmpty()
                ? none(severities)
                : new Demand(List.of(new Ask(leaf.test().slot(), how, texts)), severities);
    }

    /** The texts of which a check asks for one; none where it asks by value. */
    private static Set<String> equals(Formula.Leaf leaf) {
        Set<String> texts = new HashSet<>();
        for (Operand item : leaf.asked()) {
            String text = spelled(leaf, item);
            if (new Equality(text).byValue()) {
                return Set.of();
            }
            texts.add(text);
        }
        return texts;
    }

    private static Demand glob(Formula.Leaf leaf, int severities) {
        String pattern = word(leaf);
        int end = 0;
        while (end < pattern.length() && WILD.indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        return end > 0
                ? of(leaf, How.BEGINS, Set.of(pattern.substring(0, end)), severities)
                : of(leaf, How.CONTAINS, longEnough(part(pattern), SHORTEST_PART), severities);
    }

    private static Demand regex(Formula.Leaf leaf, int severities) {
        RegexParts known = RegexParts.of(word(leaf));
        if (known.folded()) {
            return none(severities);
        }
        if (!known.head().isEmpty()) {
            return of(leaf, How.BEGINS, Set.of(known.head()), severities);
        }
        boolean all = known.parts().stream().allMatch(part -> part.length() >= SHORTEST_PART);
        return of(leaf, How.CONTAINS, all ? known.parts() : Set.of(), severities);
    }

    /** The longest part that is itself in whatever a pattern takes; nothing where brackets or backslashes are in it. */
    private static String part(String pattern) {
        if (pattern.indexOf('[') >= 0 || pattern.indexOf('\\') >= 0) {
            return "";
        }
        String longest = "";
        for (String part : pattern.split("[*?]+")) {
            longest = part.length() > longest.length() ? part : longest;
        }
        return longest;
    }

    private static Set<String> longEnough(String text, int least) {
        return text.length() < least ? Set.of() : Set.of(text);
    }

    private static String word(Formula.Leaf leaf) {
        return spelled(leaf, leaf.asked().get(0));
    }

    private static String spelled(Formula.Leaf leaf, Operand item) {
        return Compiler.spelled(leaf.check().operator(), leaf.field(), (Operand.Literal) item)
                .text();
    }
}
