package io.github.falcogateway.filter;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which events a condition can match at all, by what is cheap to look up. Immutable.
 *
 * @param slot the place of a field that must be one of some texts, where it is no list; -1 where there is none
 * @param begins whether it need only begin with one of them
 * @param texts what that field must be
 * @param severities the severities it can match, a bit each from 1 for Emergency
 */
public record Demand(int slot, boolean begins, Set<String> texts, int severities) {

    private static final int ALL = 0xFF;
    private static final String WILD = "*?[\\";

    private static Demand none(int severities) {
        return new Demand(-1, false, Set.of(), severities);
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
        return new Demand(best.slot, best.begins, best.texts, severities);
    }

    /** Whether fewer events are likely to meet it: those of one text, then those of few. */
    private boolean isNearerThan(Demand other) {
        if (slot < 0 || other.slot < 0) {
            return slot >= 0;
        }
        return begins == other.begins ? texts.size() < other.texts.size() : other.begins;
    }

    private static Demand any(List<Formula> parts) {
        Set<String> texts = new HashSet<>();
        int severities = 0;
        boolean same = true;
        Demand first = of(parts.get(0));
        for (Formula part : parts) {
            Demand demand = of(part);
            severities |= demand.severities;
            same &= demand.slot >= 0 && demand.slot == first.slot && demand.begins == first.begins;
            texts.addAll(demand.texts);
        }
        return same ? new Demand(first.slot, first.begins, texts, severities) : none(severities);
    }

    private static boolean isPlain(Formula.Leaf leaf) {
        return !leaf.negated()
                && leaf.test().slot() >= 0
                && leaf.check().modifier().isEmpty()
                && !(leaf.check().right() instanceof Operand.Transform);
    }

    private static Demand of(Formula.Leaf leaf, int severities) {
        Operator operator = leaf.check().operator();
        Set<String> texts = switch (operator) {
            case EQ, EQ_SHORT, IN -> equals(leaf, operator);
            case STARTSWITH, GLOB -> begins(leaf, operator);
            default -> Set.of();
        };
        boolean begins = operator == Operator.STARTSWITH || operator == Operator.GLOB;
        return texts.isEmpty() ? none(severities) : new Demand(leaf.test().slot(), begins, texts, severities);
    }

    /** The texts of which a check asks for one; none where it asks by value. */
    private static Set<String> equals(Formula.Leaf leaf, Operator operator) {
        Set<String> texts = new HashSet<>();
        for (Operand item : leaf.asked()) {
            String text = spelled(leaf, operator, item);
            if (new Equality(text).byValue()) {
                return Set.of();
            }
            texts.add(text);
        }
        return texts;
    }

    /** What a text begins with that meets a check; none where that may be anything. */
    private static Set<String> begins(Formula.Leaf leaf, Operator operator) {
        String text = spelled(leaf, operator, leaf.asked().get(0));
        int end = 0;
        while (end < text.length() && (operator == Operator.STARTSWITH || WILD.indexOf(text.charAt(end)) < 0)) {
            end++;
        }
        return end == 0 ? Set.of() : Set.of(text.substring(0, end));
    }

    private static String spelled(Formula.Leaf leaf, Operator operator, Operand item) {
        return Compiler.spelled(operator, leaf.field(), (Operand.Literal) item).text();
    }
}
