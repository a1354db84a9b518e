package io.github.falcogateway.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts macros in, each read once for all conditions that name it. Confined to one compilation. */
final class Expander {

    /** Macros of macros could grow without end. */
    private static final int MAX_CHECKS = 200_000;

    /** A condition without macros, what it stands on, and how many checks it comes to. */
    record Expanded(Node node, Set<String> used, int checks) {}

    private final Definitions definitions;
    private final Lists lists;
    private final Compiler compiler;
    private final Map<String, Expanded> macros = new HashMap<>();
    private final Map<String, FilterException> broken = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private List<FilterException> problems = new ArrayList<>();

    Expander(Definitions definitions, Lists lists, Compiler compiler) {
        this.definitions = definitions;
        this.lists = lists;
        this.compiler = compiler;
    }

    /**
     * Parses a condition and puts its macros in.
     *
     * @throws FilterException with all that is wrong with it
     */
    Expanded expand(ListText text) {
        List<FilterException> outer = problems;
        problems = new ArrayList<>();
        try {
            Expanded expanded = expand(Parser.parse(text.text()), text);
            if (!problems.isEmpty()) {
                throw FilterException.of(problems);
            }
            return expanded;
        } finally {
            problems = outer;
        }
    }

    private Expanded expand(Node node, ListText text) {
        if (node instanceof Node.And and) {
            List<Node> parts = new ArrayList<>(and.parts().size());
            Set<String> used = new HashSet<>();
            int checks = all(and.parts(), text, parts, used);
            return new Expanded(new Node.And(parts, and.text()), used, checks);
        }
        if (node instanceof Node.Or or) {
            List<Node> parts = new ArrayList<>(or.parts().size());
            Set<String> used = new HashSet<>();
            int checks = all(or.parts(), text, parts, used);
            return new Expanded(new Node.Or(parts, or.text()), used, checks);
        }
        if (node instanceof Node.Not not) {
            Expanded part = expand(not.part(), text);
            return new Expanded(new Node.Not(part.node(), not.text()), part.used(), part.checks());
        }
        Expanded itself = new Expanded(node, Set.of(), 1);
        try {
            if (node instanceof Node.Macro macro) {
                return macro(macro);
            }
            Node.Check check = (Node.Check) node;
            lists.spelling(check, text);
            // Compiled here and now, since a problem in a macro has its place in the macro.
            compiler.comparison(check);
        } catch (FilterException bad) {
            problems.add(bad);
        }
        return itself;
    }

    private int all(List<Node> parts, ListText text, List<Node> into, Set<String> used) {
        int checks = 0;
        for (Node part : parts) {
            Expanded expanded = expand(part, text);
            into.add(expanded.node());
            used.addAll(expanded.used());
            checks += expanded.checks();
            if (checks > MAX_CHECKS) {
                int at = part instanceof Node.Macro macro ? macro.at() : 0;
                throw new FilterException(
                        at, "with its macros the condition comes to more than " + MAX_CHECKS + " checks");
            }
        }
        return checks;
    }

    private Expanded macro(Node.Macro macro) {
        Expanded known = macros.get(macro.name());
        if (known != null) {
            return known;
        }
        FilterException bad = broken.get(macro.name());
        if (bad == null) {
            String condition = condition(macro);
            open.push(macro.name());
            try {
                return read(macro.name(), condition);
            } catch (FilterException wrong) {
                broken.put(macro.name(), wrong);
                bad = wrong;
            } finally {
                open.pop();
            }
        }
        throw new FilterException(macro.at(), "in macro " + macro.name() + ": " + bad.getMessage(), bad.suggestion());
    }

    private Expanded read(String name, String condition) {
        ListText text = ListText.of(condition, lists);
        Expanded body = expand(text);
        Set<String> used = new HashSet<>(body.used());
        used.addAll(text.used());
        used.add("macro " + name);
        Expanded made = new Expanded(body.node(), used, body.checks());
        macros.put(name, made);
        return made;
    }

    private String condition(Node.Macro macro) {
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
        return condition;
    }
}
