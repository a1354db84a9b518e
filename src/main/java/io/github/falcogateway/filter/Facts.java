package io.github.falcogateway.filter;

import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.Priority;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of an event for which some checks hold together. Confined to one question. */
final class Facts {

    private static final String PRIORITY = "priority";
    private static final String SEVERITY = "severity";

    private final Map<String, List<Formula.Leaf>> byField = new LinkedHashMap<>();
    private final Set<String> holding = new HashSet<>();
    private final Set<String> failing = new HashSet<>();
    private final Set<String> open = new HashSet<>();

    static Facts of(Iterable<Formula.Leaf> leaves) {
        Facts facts = new Facts();
        leaves.forEach(facts::add);
        return facts;
    }

    private void add(Formula.Leaf leaf) {
        (leaf.negated() ? failing : holding).add(leaf.words());
        if (!leaf.field().isEmpty() && Fields.kind(leaf.field()) == Kind.ANY) {
            open.add(leaf.words());
        }
        if (!leaf.field().isEmpty() && !(leaf.check().right() instanceof Operand.Transform)) {
            byField.computeIfAbsent(leaf.field(), name -> new ArrayList<>(2)).add(leaf);
        }
    }

    /** Why no event can be so; empty where one can, as far as it can be told. */
    String contradiction() {
        for (String words : holding) {
            // Of a field that nothing is known of nothing is claimed.
            if (failing.contains(words) && !open.contains(words)) {
                return words + " cannot be true and false";
            }
        }
        if (severities() == 0) {
            return "no priority fits all of its bounds";
        }
        for (String field : byField.keySet()) {
            List<FieldValue> values = values(field);
            boolean empty = values != null && values.isEmpty() && !emptyList(field)
                    || Range.of(leaves(field)).empty();
            if (empty) {
                return field + " cannot be all of "
                        + leaves(field).stream()
                                .map(leaf -> (leaf.negated() ? "not " : "") + leaf.words())
                                .collect(Collectors.joining(", "));
            }
        }
        return "";
    }

    /** Whether the check must hold as well. */
    boolean implies(Formula.Leaf leaf) {
        if ((leaf.negated() ? failing : holding).contains(leaf.words())) {
            return true;
        }
        boolean exists = leaf.check().operator() == Operator.EXISTS;
        if (exists && !leaf.negated() && Fields.always(leaf.field())) {
            return true;
        }
        if (leaf.field().isEmpty() || leaf.check().right() instanceof Operand.Transform) {
            return false;
        }
        if (leaf.field().equals(PRIORITY) || leaf.field().equals(SEVERITY)) {
            return (severities() & ~severities(leaf)) == 0;
        }
        List<FieldValue> values = values(leaf.field());
        if (values != null) {
            return values.stream().allMatch(value -> holds(leaf, value));
        }
        return !leaf.negated()
                && (Range.of(List.of(leaf)).contains(Range.of(leaves(leaf.field())))
                        || leaves(leaf.field()).stream().anyMatch(known -> narrower(known, leaf)));
    }

    /** The severities that are left, a bit each. */
    int severities() {
        int left = 0xFF;
        for (String field : List.of(PRIORITY, SEVERITY)) {
            for (Formula.Leaf leaf : leaves(field)) {
                left &= severities(leaf);
            }
        }
        return left;
    }

    private List<Formula.Leaf> leaves(String field) {
        return byField.getOrDefault(field, List.of());
    }

    private static int severities(Formula.Leaf leaf) {
        int holds = 0;
        for (Priority priority : Priority.values()) {
            FieldValue value = leaf.field().equals(PRIORITY)
                    ? new FieldValue.Text(priority.label())
                    : new FieldValue.Num(Integer.toString(priority.severity()));
            holds |= holds(leaf, value) ? 1 << priority.severity() : 0;
        }
        return holds;
    }

    /** The values that a field can have, where one of the checks asks for one out of a few; else null. */
    private @Nullable List<FieldValue> values(String field) {
        Kind kind = Fields.kind(field);
        if (kind != Kind.TEXT && kind != Kind.NUMBER) {
            return null;
        }
        List<Formula.Leaf> leaves = leaves(field);
        for (Formula.Leaf leaf : leaves) {
            List<FieldValue> values = leaf.negated() ? null : asked(leaf, kind);
            if (values != null) {
                Predicate<FieldValue> all = value -> leaves.stream().allMatch(other -> holds(other, value));
                return values.stream().filter(all).toList();
            }
        }
        return null;
    }

    private static @Nullable List<FieldValue> asked(Formula.Leaf leaf, Kind kind) {
        Operator operator = leaf.check().operator();
        boolean equality = operator == Operator.EQ || operator == Operator.EQ_SHORT;
        boolean one = equality && leaf.check().right() instanceof Operand.Literal;
        if (!one && operator != Operator.IN || !leaf.check().modifier().isEmpty()) {
            return null;
        }
        List<FieldValue> values = new ArrayList<>();
        for (Operand item : leaf.asked()) {
            String text = Compiler.spelled(operator, leaf.field(), (Operand.Literal) item)
                    .text();
            if (kind == Kind.TEXT && new Equality(text).byValue()) {
                return null;
            }
            values.add(kind == Kind.TEXT ? new FieldValue.Text(text) : new FieldValue.Num(text));
        }
        return values;
    }

    /** An empty list is how a rule leaves room for others to fill; it is meant. */
    private boolean emptyList(String field) {
        return leaves(field).stream()
                .anyMatch(leaf -> leaf.check().right() instanceof Operand.Items items
                        && items.items().isEmpty());
    }

    private static boolean holds(Formula.Leaf leaf, FieldValue value) {
        return leaf.test().matcher().matches(value, Subject.NONE) != leaf.negated();
    }

    /** Whether what holds asks for more of the same text than what is asked. */
    private static boolean narrower(Formula.Leaf known, Formula.Leaf asked) {
        Operator operator = known.check().operator();
        boolean comparable = !known.negated() && operator == asked.check().operator();
        if (!comparable
                || !(known.check().right() instanceof Operand.Literal more)
                || !(asked.check().right() instanceof Operand.Literal less)) {
            return false;
        }
        return switch (operator) {
            case STARTSWITH -> more.text().startsWith(less.text());
            case ENDSWITH -> more.text().endsWith(less.text());
            case CONTAINS -> more.text().contains(less.text());
            default -> false;
        };
    }
}
