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
    private static final int MAX_CHECKS = 1_000_000;

    /** A condition without macros, what it stands on, and how many checks it comes to. */
    record Expanded(Node node, Set<String> used, int checks) {}

    private final Definitions definitions;
    private final Lists lists;
    private final Compiler compiler;
    private final Map<String, Expanded> macros = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    Expander(Definitions definitions, Lists lists, Compiler compiler) {
        this.definitions = definitions;
        this.lists = lists;
        this.compiler = compiler;
    }

    Expanded expand(Node node) {
        if (node instanceof Node.And and) {
            List<Node> parts = new ArrayList<>(and.parts().size());
            Set<String> used = new HashSet<>();
            int checks = all(and.parts(), parts, used);
            return new Expanded(new Node.And(parts, and.text()), used, checks);
        }
        if (node instanceof Node.Or or) {
            List<Node> parts = new ArrayList<>(or.parts().size());
            Set<String> used = new HashSet<>();
            int checks = all(or.parts(), parts, used);
            return new Expanded(new Node.Or(parts, or.text()), used, checks);
        }
        if (node instanceof Node.Not not) {
            Expanded part = expand(not.part());
            return new Expanded(new Node.Not(part.node(), not.text()), part.used(), part.checks());
        }
        if (node instanceof Node.Macro macro) {
            return macro(macro);
        }
        // Compiled here and now, since a problem in a macro has its place in the macro.
        compiler.comparison((Node.Check) node);
        return new Expanded(node, Set.of(), 1);
    }

    private int all(List<Node> parts, List<Node> into, Set<String> used) {
        int checks = 0;
        for (Node part : parts) {
            Expanded expanded = expand(part);
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
        String name = macro.name();
        Expanded known = macros.get(name);
        if (known != null) {
            return known;
        }
        String condition = definitions.macros().get(name);
        if (condition == null) {
            throw new FilterException(
                    macro.at(),
                    "macro " + name + " is not defined",
                    Suggestions.nearest(name, definitions.macros().keySet()));
        }
        if (open.contains(name)) {
            throw new FilterException(macro.at(), "macro " + name + " holds itself");
        }
        open.push(name);
        try {
            ListText text = ListText.of(condition, lists);
            Expanded body = expand(Parser.parse(text.text()));
            Set<String> used = new HashSet<>(body.used());
            used.addAll(text.used());
            used.add("macro " + name);
            Expanded made = new Expanded(body.node(), used, body.checks());
            macros.put(name, made);
            return made;
        } catch (FilterException bad) {
            throw new FilterException(macro.at(), "in macro " + name + ": " + bad.getMessage(), bad.suggestion());
        } finally {
            open.pop();
        }
    }
}
