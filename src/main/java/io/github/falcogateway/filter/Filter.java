package io.github.falcogateway.filter;

import io.github.falcogateway.event.FalcoEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A condition in Falco's language, ready to be asked about events. Immutable. */
public final class Filter {

    private final String text;
    private final Test test;
    private final Terms terms;
    private final Rough rough;
    private final Set<String> used;

    private Filter(String text, Node node, Set<String> used) {
        this.text = text;
        this.test = Compiler.compile(node);
        this.terms = Terms.of(node);
        this.rough = Rough.of(node);
        this.used = Set.copyOf(used);
    }

    /**
     * Reads a condition.
     *
     * @throws FilterException where it cannot be meant
     */
    public static Filter compile(String condition, Definitions definitions) {
        Set<String> used = new HashSet<>();
        ListText put = ListText.of(condition, definitions.lists());
        for (String name : ListText.words(condition)) {
            if (definitions.lists().containsKey(name)) {
                used.add("list " + name);
            }
        }
        try {
            Node node = new Expander(definitions, used, new ArrayDeque<>()).expand(Parser.parse(put.text()));
            Filter filter = new Filter(condition, node, used);
            if (filter.terms.never()) {
                throw new FilterException(0, "the condition is never true: " + filter.terms.why());
            }
            return filter;
        } catch (FilterException bad) {
            throw undefinedList(bad, definitions).movedTo(put.original(bad.at()));
        }
    }

    /**
     * Checks the syntax alone, macros and lists unresolved.
     *
     * @throws FilterException where Falco's parser would refuse it too
     */
    public static void checkSyntax(String condition) {
        Parser.parse(condition);
    }

    /** Whether the event matches. */
    public boolean test(FalcoEvent event) {
        return test.matches(event);
    }

    /** Why the event does not match; empty where it does. */
    public Optional<Failure> explain(FalcoEvent event) {
        return test.matches(event) ? Optional.empty() : Optional.of(test.failure(event));
    }

    /** Whether every event that the other condition takes is taken by this one, as far as their words show. */
    public boolean covers(Filter other) {
        return terms.covers(other.terms);
    }

    /** What it demands of an event's outline. */
    public Rough rough() {
        return rough;
    }

    /** The macros and lists it stands on, as {@code macro NAME} and {@code list NAME}. */
    public Set<String> used() {
        return used;
    }

    /** The condition as written. */
    public String text() {
        return text;
    }

    private static FilterException undefinedList(FilterException bad, Definitions definitions) {
        String message = String.valueOf(bad.getMessage());
        if (!message.startsWith("list ") || !bad.suggestion().isEmpty()) {
            return bad;
        }
        String name = message.substring("list ".length(), message.indexOf(' ', "list ".length()));
        return new FilterException(
                bad.at(), message, Suggestions.nearest(name, definitions.lists().keySet()));
    }

    /** Puts macros in. */
    private static final class Expander {

        private final Definitions definitions;
        private final Set<String> used;
        private final Deque<String> open;

        Expander(Definitions definitions, Set<String> used, Deque<String> open) {
            this.definitions = definitions;
            this.used = used;
            this.open = open;
        }

        Node expand(Node node) {
            if (node instanceof Node.And and) {
                return new Node.And(all(and.parts()), and.text());
            }
            if (node instanceof Node.Or or) {
                return new Node.Or(all(or.parts()), or.text());
            }
            if (node instanceof Node.Not not) {
                return new Node.Not(expand(not.part()), not.text());
            }
            return node instanceof Node.Macro macro ? macro(macro) : node;
        }

        private List<Node> all(List<Node> parts) {
            return parts.stream().map(this::expand).toList();
        }

        private Node macro(Node.Macro macro) {
            String condition = definitions.macros().get(macro.name());
            if (condition == null) {
                throw new FilterException(
                        macro.at(),
                        "macro " + macro.name() + " is not defined",
                        Suggestions.nearest(macro.name(), definitions.macros().keySet()));
            }
            if (open.contains(macro.name())) {
                throw new FilterException(macro.at(), "macro " + macro.name() + " holds itself");
            }
            open.push(macro.name());
            used.add("macro " + macro.name());
            try {
                return expand(
                        Parser.parse(ListText.of(condition, definitions.lists()).text()));
            } catch (FilterException bad) {
                throw new FilterException(
                        macro.at(), "in macro " + macro.name() + ": " + bad.getMessage(), bad.suggestion());
            } finally {
                open.pop();
            }
        }
    }
}
