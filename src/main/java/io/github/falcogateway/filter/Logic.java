package io.github.falcogateway.filter;

import java.util.ArrayList;
import java.util.List;

/** What conditions mean whatever the event: that one is never true, that one holds wherever another does. */
final class Logic {

    /** More alternatives than these are not tried one by one. */
    private static final int MAX_ALTERNATIVES = 64;

    private Logic() {}

    /** Why the condition is never true; empty where it can be, as far as it can be told. */
    static String never(Formula formula) {
        if (formula instanceof Formula.Any any) {
            return neverAny(any.parts(), List.of());
        }
        Parts parts = Parts.of(formula);
        String why = Facts.of(parts.leaves).contradiction();
        for (Formula.Any any : parts.choices) {
            if (why.isEmpty()) {
                why = neverAny(any.parts(), any.parts().size() > MAX_ALTERNATIVES ? List.of() : parts.leaves);
            }
        }
        return why;
    }

    /** Why each of the alternatives is never true together with the checks. */
    private static String neverAny(List<Formula> alternatives, List<Formula.Leaf> given) {
        String first = "";
        for (Formula alternative : alternatives) {
            String why = given.isEmpty() ? never(alternative) : never(with(given, alternative));
            if (why.isEmpty()) {
                return "";
            }
            first = first.isEmpty() ? why : first;
        }
        return first;
    }

    /** Whether the wide condition holds wherever the narrow one does, as far as it can be told. */
    static boolean implies(Formula narrow, Formula wide) {
        if (wide instanceof Formula.All all) {
            return all.parts().stream().allMatch(part -> implies(narrow, part));
        }
        if (narrow instanceof Formula.Any any) {
            return any.parts().stream().allMatch(part -> implies(part, wide));
        }
        if (wide instanceof Formula.Any any && any.parts().stream().anyMatch(part -> implies(narrow, part))) {
            return true;
        }
        Parts parts = Parts.of(narrow);
        if (wide instanceof Formula.Leaf leaf && Facts.of(parts.leaves).implies(leaf)) {
            return true;
        }
        return parts.choices.stream()
                .filter(choice -> choice.parts().size() <= MAX_ALTERNATIVES && parts.choices.size() == 1)
                .anyMatch(choice -> choice.parts().stream().allMatch(part -> implies(with(parts.leaves, part), wide)));
    }

    private static Formula with(List<Formula.Leaf> leaves, Formula part) {
        List<Formula> all = new ArrayList<>(leaves);
        all.add(part);
        return new Formula.All(all);
    }

    /** The checks that must all hold, and the choices among others beside them. Immutable once made. */
    private static final class Parts {

        private final List<Formula.Leaf> leaves = new ArrayList<>();
        private final List<Formula.Any> choices = new ArrayList<>();

        static Parts of(Formula formula) {
            Parts parts = new Parts();
            parts.add(formula);
            return parts;
        }

        private void add(Formula formula) {
            if (formula instanceof Formula.All all) {
                all.parts().forEach(this::add);
            } else if (formula instanceof Formula.Any any) {
                choices.add(any);
            } else {
                leaves.add((Formula.Leaf) formula);
            }
        }
    }
}
