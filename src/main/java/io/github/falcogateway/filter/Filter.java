package io.github.falcogateway.filter;

import io.github.falcogateway.event.FalcoEvent;
import java.util.Optional;
import java.util.Set;

/** A condition in Falco's language, ready to be asked about events. Immutable. */
public final class Filter {

    private final String text;
    private final Test test;
    private final Formula formula;
    private final Rough rough;
    private final Set<String> used;
    private final Slots slots;

    Filter(String text, Test test, Formula formula, Rough rough, Set<String> used, Slots slots) {
        this.text = text;
        this.test = test;
        this.formula = formula;
        this.rough = rough;
        this.used = Set.copyOf(used);
        this.slots = slots;
    }

    /**
     * Reads a condition.
     *
     * @throws FilterException where it cannot be meant
     */
    public static Filter compile(String condition, Definitions definitions) {
        return new Conditions(definitions).compile(condition);
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
        return test.matches(slots.subject(event));
    }

    /** Whether the event matches, seen through the places of the conditions that were compiled with this one. */
    public boolean test(Subject subject) {
        return test.matches(subject);
    }

    /** Why the event does not match; empty where it does. */
    public Optional<Failure> explain(FalcoEvent event) {
        Subject subject = slots.subject(event);
        return test.matches(subject) ? Optional.empty() : Optional.of(test.failure(subject));
    }

    /** Whether every event that the other condition takes is taken by this one, as far as it can be told. */
    public boolean covers(Filter other) {
        return Logic.implies(other.formula, formula);
    }

    /** Why no event can match; empty where one can, as far as it can be told. */
    public String never() {
        return Logic.never(formula);
    }

    /** Which events can match at all, by what is cheap to look up. */
    public Demand demand() {
        return Demand.of(formula);
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
}
