package io.github.falcogateway.rule;

/** The rule tables of a gateway over time: an event is routed by the one that was in force when it came in. */
@FunctionalInterface
public interface Tables {

    /** The table for the event with this journal id. */
    RuleTable at(long id);

    /** The table for what comes next. */
    default RuleTable now() {
        return at(Long.MAX_VALUE);
    }
}
