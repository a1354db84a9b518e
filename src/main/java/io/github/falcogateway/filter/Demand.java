package io.github.falcogateway.filter;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a condition can match at all, by what is cheap to look up. Immutable.
 *
 * @param slot the place of a field that must be one of some texts, where it is no list; -1 where there is none
 * @param texts what that field must be
 * @param severities the severities it can match, a bit each from 1 for Emergency
 */
public record Demand(int slot, Set<String> texts, int severities) {

    private static final int ALL = 0xFF;

    static Demand of(Formula formula) {
        if (formula instanceof Formula.Any any) {
            return any(any.parts());
        }
        if (formula instanceof Formula.Leaf leaf) {
            int severities = Facts.of(List.of(leaf)).severities();
            Set<String> texts = texts(leaf);
            return texts == null
                    ? new Demand(-1, Set.of(), severities)
                    : new Demand(leaf.test().slot(), texts, severities);
        }
        return all(((Formula.All) formula).parts());
    }

    private static Demand all(List<Formula> parts) {
        Demand best = new Demand(-1, Set.of(), ALL);
        int severities = ALL;
        for (Formula part : parts) {
            Demand demand = of(part);
            severities &= demand.severities;
            boolean fewer = best.slot < 0 || demand.texts.size() < best.texts.size();
            best = demand.slot >= 0 && fewer ? demand : best;
        }
        return new Demand(best.slot, best.texts, severities);
    }

    private static Demand any(List<Formula> parts) {
        Set<String> texts = new HashSet<>();
        int slot = -1;
        int severities = 0;
        boolean same = true;
        for (int i = 0; i < parts.size(); i++) {
            Demand demand = of(parts.get(i));
            severities |= demand.severities;
            slot = i == 0 ? demand.slot : slot;
            same &= demand.slot >= 0 && demand.slot == slot;
            texts.addAll(demand.texts);
        }
        return same ? new Demand(slot, texts, severities) : new Demand(-1, Set.of(), severities);
    }

    /** The texts of which a check asks for one; null where it asks for something else, or by value. */
    private static @Nullable Set<String> texts(Formula.Leaf leaf) {
        Operator operator = leaf.check().operator();
        boolean equality = operator == Operator.EQ || operator == Operator.EQ_SHORT || operator == Operator.IN;
        if (!equality
                || leaf.negated()
                || leaf.test().slot() < 0
                || !leaf.check().modifier().isEmpty()
                || leaf.check().right() instanceof Operand.Transform) {
            return null;
        }
        Set<String> texts = new HashSet<>();
        for (Operand item : leaf.asked()) {
            String text = Compiler.spelled(operator, leaf.field(), (Operand.Literal) item)
                    .text();
            if (new Equality(text).byValue()) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }
}
