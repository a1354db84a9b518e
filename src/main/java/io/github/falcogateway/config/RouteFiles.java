package io.github.falcogateway.config;

import io.github.falcogateway.filter.Suggestions;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.RuleProblem;
import io.github.falcogateway.rule.RuleProblems;
import io.github.falcogateway.rule.RuleSet;
import io.github.falcogateway.rule.RuleTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads route files in Falco's rule-file shape, in their order; a later item of a name appends to an earlier one or
 * overrides parts of it, as in Falco's rules. Confined to one loading.
 *
 * @see <a href="https://falco.org/docs/concepts/rules/overriding/">Falco: overriding rules</a>
 */
final class RouteFiles {

    private static final List<String> KINDS = List.of("list", "macro", "route");

    /** What a route without a condition takes. */
    private static final String EVERYTHING = "priority >= Debug";

    private static final String AGAIN = "\0";

    private final Map<String, Definition> definitions = new LinkedHashMap<>();

    void read(Source source) {
        Node root = source.root();
        if (root == null || Section.isNull(root)) {
            return;
        }
        if (!(root instanceof SequenceNode items)) {
            source.problem(root, "a route file is a list of items that begin with - route:, - macro: or - list:");
            return;
        }
        items.getValue().forEach(item -> item(new Section(source, item, "an item")));
    }

    /** The table of all files; null where it cannot be, which is told. */
    @Nullable
    RuleTable table(List<String> defaultSinks, Set<String> sinks) {
        Map<String, String> macros = new LinkedHashMap<>();
        Map<String, List<String>> lists = new LinkedHashMap<>();
        List<Route> routes = new ArrayList<>();
        definitions.forEach((key, definition) -> {
            switch (definition.kind) {
                case "list" -> lists.put(definition.name, definition.items);
                case "macro" -> macros.put(definition.name, definition.condition.toString());
                default -> routes.add(route(key.substring("route ".length()), definition));
            }
        });
        try {
            RuleTable table = RuleTable.compile(new RuleSet(macros, lists, routes, defaultSinks, sinks));
            table.warnings().forEach(this::tell);
            return table;
        } catch (RuleProblems bad) {
            bad.problems().forEach(this::tell);
            return null;
        }
    }

    private static Route route(String name, Definition definition) {
        return new Route(
                name,
                definition.description,
                definition.condition.toString(),
                definition.to.stream().map(Section.Text::text).toList(),
                definition.stop,
                definition.enabled,
                definition.active,
                definition.group,
                definition.throttle,
                definition.quiet);
    }

    private void tell(RuleProblem problem) {
        Definition definition = definitions.get(problem.kind() + " " + problem.name());
        if (definition == null) {
            throw new IllegalStateException("no " + problem.kind() + " " + problem.name());
        }
        String message = problem.message().replaceAll(AGAIN + "\\d+", "") + Suggestions.question(problem.suggestion());
        if (problem.part().equals("condition")) {
            definition.problem(
                    problem.at(), "in " + problem.kind() + " " + definition.name + ": " + message, problem.warning());
        } else if (problem.part().equals("to")) {
            definition.sinkProblem(message);
        } else if (problem.warning()) {
            definition.source.warn(definition.node, message);
        } else {
            Node inhibit = problem.part().equals("inhibit") ? definition.inhibit : null;
            definition.source.problem(inhibit == null ? definition.node : inhibit, message);
        }
    }

    private void item(Section item) {
        String kind = KINDS.stream().filter(item::has).findFirst().orElse("");
        if (kind.isEmpty()) {
            String first = item.keys().stream().findFirst().orElse("");
            item.source()
                    .problem(
                            item.node(),
                            "an item begins with - route:, - macro: or - list: and a name"
                                    + Problems.didYouMean(first, KINDS));
            return;
        }
        String name = item.text(kind, "");
        if (!kind.equals("route") && !name.matches("[a-zA-Z][a-zA-Z0-9_]*")) {
            item.problem(kind, "the name of a " + kind + " holds letters, digits and _ alone");
        }
        Definition before = definitions.get(kind + " " + name);
        Joining joining = Joining.read(item, kind, before != null);
        if (joining.changes() && before == null) {
            item.problem(
                    kind,
                    kind + " " + name + " is changed before it is defined" + Problems.didYouMean(name, names(kind)));
        }
        fill(item, before == null || !joining.changes() ? define(item, kind, name) : before, joining);
        item.end();
    }

    private Definition define(Section item, String kind, String name) {
        String key = kind + " " + name;
        Definition definition = new Definition(kind, name, item.source(), item.place(kind));
        if (kind.equals("route") && definitions.containsKey(key)) {
            item.problem(kind, "route " + name + " is defined twice: append or override says how to join them");
            // Kept apart from the first, so that its own mistakes are told too.
            key += AGAIN + definitions.size();
        }
        definitions.put(key, definition);
        return definition;
    }

    private List<String> names(String kind) {
        return definitions.values().stream()
                .filter(definition -> definition.kind.equals(kind))
                .map(definition -> definition.name)
                .toList();
    }

    private void fill(Section item, Definition definition, Joining joining) {
        if (definition.kind.equals("list")) {
            if (!joining.appends("items") && item.has("items")) {
                definition.items.clear();
            }
            if (joining.fresh() && !item.has("items")) {
                item.take("items");
                item.problem("items", "list " + definition.name + " needs items: a list, [] for none");
            }
            item.texts("items").forEach(text -> definition.items.add(text.text()));
            return;
        }
        Node condition = item.take("condition");
        if (condition instanceof ScalarNode scalar) {
            String text = item.source().resolve(scalar, scalar.getValue());
            definition.condition(item.source(), scalar, text, joining.appends("condition"));
        } else if (joining.fresh()
                && definition.kind.equals("route")
                && !item.keys().contains("condition")) {
            definition.condition.append(EVERYTHING);
        } else if (joining.fresh()) {
            item.problem("condition", definition.kind + " " + definition.name + " needs a condition");
        }
        if (definition.kind.equals("route")) {
            route(item, definition, joining);
        } else {
            item.text("desc");
        }
    }

    private static void route(Section item, Definition definition, Joining joining) {
        String description = item.text("desc", definition.description);
        definition.description =
                joining.appends("desc") && item.has("desc") ? definition.description + " " + description : description;
        if (item.has("to")) {
            definition.to(item.source(), item.texts("to"), joining.appends("to"));
        } else if (joining.fresh()) {
            item.take("to");
            item.problem("to", "route " + definition.name + " needs to: a list of sinks, [] to drop");
        }
        definition.stop = item.bool("stop", definition.stop);
        definition.enabled = item.bool("enabled", definition.enabled);
        RouteParts.read(item, definition);
    }
}
