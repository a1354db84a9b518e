package io.github.falcogateway.filter;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a condition can match at all, by what is cheap to look up. Immutable.
 *
 * @param rules the rules whose events it can match; null for any
 * @param severities the severities it can match, a bit each from 1 for Emergency
 */
public record Demand(@Nullable Set<String> rules, int severities) {

    static Demand of(Formula formula) {
        if (formula instanceof Formula.Any any) {
            return any(any.parts());
        }
        if (formula instanceof Formula.Leaf leaf) {
            Facts facts = Facts.of(List.of(leaf));
            return new Demand(facts.texts("rule"), facts.severities());
        }
        return all(((Formula.All) formula).parts());
    }

    private static Demand all(List<Formula> parts) {
        Set<String> rules = null;
        int severities = 0xFF;
        for (Formula part : parts) {
            Demand demand = of(part);
            severities &= demand.severities;
            // The smaller of two sets is the better guess; both hold.
            rules = rules == null || demand.rules != null && demand.rules.size() < rules.size() ? demand.rules : rules;
        }
        return new Demand(rules, severities);
    }

    private static Demand any(List<Formula> parts) {
        Set<String> rules = new HashSet<>();
        boolean anyRule = false;
        int severities = 0;
        for (Formula part : parts) {
            Demand demand = of(part);
            severities |= demand.severities;
            anyRule |= demand.rules == null;
            rules.addAll(demand.rules == null ? Set.of() : demand.rules);
        }
        return new Demand(anyRule ? null : rules, severities);
    }
}
