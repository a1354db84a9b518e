package io.github.falcogateway.filter;

import java.util.HashSet;
import java.util.Set;

/** Compiles conditions that share macros, lists and the places of their fields. Confined to one thread. */
public final class Conditions {

    private final Lists lists;
    private final Slots slots = new Slots();
    private final Compiler compiler = new Compiler(slots);
    private final Expander expander;

    /** Conditions over these names. */
    public Conditions(Definitions definitions) {
        lists = new Lists(definitions.lists());
        expander = new Expander(definitions, lists, compiler);
    }

    /**
     * Reads a condition.
     *
     * @throws FilterException where it cannot be meant
     */
    public Filter compile(String condition) {
        ListText put = ListText.of(condition, lists);
        try {
            Expander.Expanded expanded = expander.expand(put);
            Formula formula = Formula.of(expanded.node(), compiler);
            Set<String> used = new HashSet<>(expanded.used());
            used.addAll(put.used());
            Rough rough = Rough.of(expanded.node(), compiler, slots);
            return new Filter(condition, compiler.compile(expanded.node()), formula, rough, used, slots);
        } catch (FilterException bad) {
            throw FilterException.of(bad.all().stream()
                    .map(one -> undefinedList(one).movedTo(put.original(one.at())))
                    .toList());
        }
    }

    /** The places of the fields that the conditions ask for. */
    public Slots slots() {
        return slots;
    }

    private FilterException undefinedList(FilterException bad) {
        String message = String.valueOf(bad.getMessage());
        if (!message.startsWith("list ") || !bad.suggestion().isEmpty()) {
            return bad;
        }
        String name = message.substring("list ".length(), message.indexOf(' ', "list ".length()));
        return new FilterException(bad.at(), message, Suggestions.nearest(name, lists.names()));
    }
}
