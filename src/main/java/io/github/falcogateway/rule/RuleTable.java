package io.github.falcogateway.rule;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.filter.Failure;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.filter.Slots;
import io.github.falcogateway.filter.Subject;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rule table: an event in, the routes it takes out. No I/O, no clock. Immutable, but for decisions that it remembers. */
public final class RuleTable {

    /** A route with its condition ready. */
    record Line(Route route, Filter filter) {

        boolean applies(FalcoEvent event) {
            Active active = route.active();
            return route.enabled() && (active == null || active.covers(event.arrival()));
        }

        Optional<Failure> failure(FalcoEvent event) {
            Active active = route.active();
            if (active != null && !active.covers(event.arrival())) {
                return Optional.of(new Failure(
                        active.toString(),
                        event.arrival().atZone(active.timezone()).format(CLOCK)));
            }
            return filter.explain(event.counted());
        }
    }

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE HH:mm:ss", Locale.ROOT);

    private final List<Line> lines;
    private final Index index;
    private final Slots slots;
    private final List<RuleProblem> warnings;
    private final Taken untaken;
    private final Map<String, Filter> inhibitors;
    private final Map<String, Route> byName = new HashMap<>();

    RuleTable(
            List<Line> lines,
            Map<String, Filter> inhibitors,
            Slots slots,
            List<String> defaultSinks,
            List<RuleProblem> warnings) {
        this.inhibitors = Map.copyOf(inhibitors);
        this.lines = List.copyOf(lines);
        this.index = Index.of(lines);
        this.slots = slots;
        this.warnings = List.copyOf(warnings);
        lines.forEach(line -> byName.put(line.route().name(), line.route()));
        this.untaken = Taken.none(defaultSinks);
    }

    /**
     * Makes a table out of a rule set.
     *
     * @throws RuleProblems with every problem at once
     */
    public static RuleTable compile(RuleSet set) throws RuleProblems {
        return new TableCompiler(set).compile();
    }

    /** The routes an event takes and the sinks it goes to. */
    public Decision match(FalcoEvent arrived) {
        FalcoEvent event = arrived.counted();
        Taken taken = untaken;
        Subject subject = slots.subject(event);
        BitSet candidates = index.candidates(event, subject);
        for (int at = candidates.nextSetBit(0); at >= 0; at = candidates.nextSetBit(at + 1)) {
            Line line = lines.get(at);
            if (!line.applies(event) || !line.filter().test(subject)) {
                continue;
            }
            taken = taken.by(at, line.route());
            if (line.route().stop()) {
                break;
            }
        }
        return taken.decision();
    }

    /** The routes whose events this one explains away for a while; most tables have none. */
    public List<Route> inhibits(FalcoEvent event) {
        if (inhibitors.isEmpty()) {
            return List.of();
        }
        List<Route> quieted = new ArrayList<>(1);
        inhibitors.forEach((name, when) -> {
            if (when.test(event.counted())) {
                quieted.add(Objects.requireNonNull(byName.get(name)));
            }
        });
        return quieted;
    }

    /** Whether the event explains those of a route away. */
    public boolean inhibits(FalcoEvent event, Route route) {
        Filter when = inhibitors.get(route.name());
        return when != null && when.test(event.counted());
    }

    /** What each route says about an event, in order. */
    public List<Explanation> explain(FalcoEvent event) {
        List<Explanation> explanations = new ArrayList<>(lines.size());
        String stopped = "";
        for (Line line : lines) {
            String why = line.route().enabled() ? stopped : "disabled";
            boolean tried = why.isEmpty();
            Explanation explanation = new Explanation(
                    line.route(), tried, why, tried ? line.failure(event).orElse(null) : null);
            explanations.add(explanation);
            stopped = explanation.matched() && line.route().stop()
                    ? "route " + line.route().name() + " stops"
                    : stopped;
        }
        return explanations;
    }

    /** The route of this name; null where there is none. */
    public @Nullable Route route(String name) {
        return byName.get(name);
    }

    /** The routes in the order in which they are tried. */
    public List<Route> routes() {
        return lines.stream().map(Line::route).toList();
    }

    /** What is odd about the table and can be run all the same. */
    public List<RuleProblem> warnings() {
        return warnings;
    }
}
