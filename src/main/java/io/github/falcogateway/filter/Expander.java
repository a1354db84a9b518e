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

    /** What the thread of an event loop has stack for, many times over; a condition alone nests far less deep. */
    private static final int MAX_DEPTH = 500;

    private static final String RING = " holds itself";
    private static final String CHAIN = " nests deeper than " + MAX_DEPTH + " levels with its macros";

    /** A condition without macros, what it stands on, how many checks it comes to, and how deep they and macros nest. */
    record Expanded(Node node, Set<String> used, int checks, int depth) {}

    private record Size(int checks, int depth) {

        /** What holds parts of this size. */
        Expanded of(Node node, Set<String> used) {
            return new Expanded(node, used, checks, depth + 1);
        }
    }

    private final Definitions definitions;
    private final Lists lists;
    private final Compiler compiler;
    private final Map<String, Expanded> macros = new HashMap<>();
    private final Map<String, FilterException> broken = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private List<FilterException> problems = new ArrayList<>();
    private int level;

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
            if (expanded.depth() > MAX_DEPTH) {
                problems.add(new FilterException(0, "the condition" + CHAIN));
            }
            if (!problems.isEmpty()) {
                throw FilterException.of(problems);
            }
            return expanded;
        } finally {
            problems = outer;
        }
    }

    private Expanded expand(Node node, ListText text) {
        level++;
        try {
            return parts(node, text);
        } finally {
            level--;
        }
    }

    private Expanded parts(Node node, ListText text) {
        if (node instanceof Node.And and) {
            List<Node> parts = new ArrayList<>(and.parts().size());
            Set<String> used = new HashSet<>();
            Size size = all(and.parts(), text, parts, used);
            return size.of(new Node.And(parts, and.text()), used);
        }
        if (node instanceof Node.Or or) {
            List<Node> parts = new ArrayList<>(or.parts().size());
            Set<String> used = new HashSet<>();
            Size size = all(or.parts(), text, parts, used);
            return size.of(new Node.Or(parts, or.text()), used);
        }
        if (node instanceof Node.Not not) {
            Expanded part = expand(not.part(), text);
            return new Size(part.checks(), part.depth()).of(new Node.Not(part.node(), not.text()), part.used());
        }
        Expanded itself = new Expanded(node, Set.of(), 1, 1);
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

    private Size all(List<Node> parts, ListText text, List<Node> into, Set<String> used) {
        int checks = 0;
        int depth = 0;
        for (Node part : parts) {
            Expanded expanded = expand(part, text);
            into.add(expanded.node());
            used.addAll(expanded.used());
            checks += expanded.checks();
            depth = Math.max(depth, expanded.depth());
            if (checks > MAX_CHECKS) {
                int at = part instanceof Node.Macro macro ? macro.at() : 0;
                throw new FilterException(
                        at, "with its macros the condition comes to more than " + MAX_CHECKS + " checks");
            }
        }
        return new Size(checks, depth);
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
        // A ring or a chain of macros is in none of them: each of them has it at the name that leads on.
        String within = isOfSeveral(bad) ? "" : "in macro " + macro.name() + ": ";
        throw new FilterException(macro.at(), within + bad.getMessage(), bad.suggestion());
    }

    private static boolean isOfSeveral(FilterException bad) {
        String message = String.valueOf(bad.getMessage());
        return message.endsWith(RING) || message.endsWith(CHAIN);
    }

    private Expanded read(String name, String condition) {
        ListText text = ListText.of(condition, lists);
        Expanded body = expand(text);
        Set<String> used = new HashSet<>(body.used());
        used.addAll(text.used());
        used.add("macro " + name);
        Expanded made = new Expanded(body.node(), used, body.checks(), body.depth() + 1);
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
            throw new FilterException(macro.at(), "macro " + macro.name() + RING);
        }
        if (level > MAX_DEPTH) {
            throw new FilterException(macro.at(), "macro " + macro.name() + CHAIN);
        }
        return condition;
    }
}
