package io.github.falcogateway.rule;

import io.github.falcogateway.filter.Conditions;
import io.github.falcogateway.filter.Definitions;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.filter.FilterException;
import io.github.falcogateway.filter.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a table out of a rule set, or says all that is wrong with it. Confined to one call. */
final class TableCompiler {

    private final RuleSet set;
    private final Conditions conditions;
    private final List<RuleProblem> problems = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private final Map<String, Filter> inhibitors = new HashMap<>();

    TableCompiler(RuleSet set) {
        this.set = set;
        this.conditions = new Conditions(new Definitions(set.macros(), set.lists()));
    }

    RuleTable compile() throws RuleProblems {
        set.macros().forEach(this::macro);
        set.lists()
                .forEach((name, items) -> items.forEach(item -> {
                    if (set.lists().containsKey(item)) {
                        used.add("list " + item);
                    }
                }));
        List<RuleTable.Line> lines = new ArrayList<>();
        Reach reach = new Reach();
        Set<String> names = new HashSet<>();
        for (Route route : set.routes()) {
            if (!names.add(route.name())) {
                problem(route, "route", "route " + route.name() + " is defined twice", "");
            }
            sinks(route);
            inhibitor(route);
            Filter filter = filter("route", route.name(), route.condition());
            if (filter != null) {
                String taker = reach.taker(route, filter);
                if (!taker.isEmpty()) {
                    problem(route, "route", "never reached: route " + taker + " takes all of it and stops", "");
                }
                lines.add(new RuleTable.Line(route, filter));
            }
        }
        unused();
        if (problems.stream().anyMatch(problem -> !problem.warning())) {
            throw new RuleProblems(problems);
        }
        return new RuleTable(lines, inhibitors, conditions.slots(), set.defaultSinks(), problems);
    }

    private void macro(String name, String condition) {
        filter("macro", name, condition);
    }

    private @Nullable Filter filter(String kind, String name, String condition) {
        try {
            Filter filter = conditions.compile(condition);
            used.addAll(filter.used());
            String never = filter.never();
            if (!never.isEmpty()) {
                problems.add(new RuleProblem(
                        kind, name, "condition", 0, "the condition is never true: " + never, "", false));
            }
            return never.isEmpty() ? filter : null;
        } catch (FilterException bad) {
            namesIn(condition);
            for (FilterException one : bad.all()) {
                // A macro has problems of its own, told at their place.
                used.add("macro " + one.suggestion());
                used.add("list " + one.suggestion());
                if (!String.valueOf(one.getMessage()).startsWith("in macro ")) {
                    problems.add(new RuleProblem(
                            kind,
                            name,
                            "condition",
                            one.at(),
                            String.valueOf(one.getMessage()),
                            one.suggestion(),
                            false));
                }
            }
            return null;
        }
    }

    /** What a condition that is wrong would use, by its words alone. */
    private void namesIn(String condition) {
        for (String word : condition.split("[\\s(),=\"']+")) {
            if (set.macros().containsKey(word)) {
                used.add("macro " + word);
            }
            if (set.lists().containsKey(word)) {
                used.add("list " + word);
            }
        }
    }

    private void inhibitor(Route route) {
        Inhibit inhibit = route.quiet().inhibit();
        if (inhibit == null || !route.enabled()) {
            return;
        }
        try {
            Filter when = conditions.compile(inhibit.when());
            used.addAll(when.used());
            inhibitors.put(route.name(), when);
        } catch (FilterException bad) {
            problem(route, "inhibit", "in inhibit.when: " + bad.getMessage(), bad.suggestion());
        }
    }

    private void sinks(Route route) {
        for (String sink : route.to()) {
            if (!set.sinks().contains(sink)) {
                problem(route, "to", "sink " + sink + " does not exist", Suggestions.nearest(sink, set.sinks()));
            }
        }
    }

    private void unused() {
        set.macros().keySet().forEach(name -> unused("macro", name));
        set.lists().keySet().forEach(name -> unused("list", name));
    }

    private void unused(String kind, String name) {
        if (!used.contains(kind + " " + name)) {
            problems.add(new RuleProblem(kind, name, kind, 0, kind + " " + name + " is never used", "", true));
        }
    }

    private void problem(Route route, String part, String message, String suggestion) {
        problems.add(new RuleProblem("route", route.name(), part, 0, message, suggestion, false));
    }
}
