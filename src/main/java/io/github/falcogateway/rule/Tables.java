package io.github.falcogateway.rule;

/** The rule tables of a gateway over time: an event is routed by the one that was in force when it came in. */
@FunctionalInterface
public interface Tables {

    /** The table for the event with this journal id. */
    RuleTable at(long id);

    /** The last event whose table is certain: a later one is routed by the table that is there when it is dispatched. */
    default long certain() {
        return Long.MAX_VALUE;
    }

    /** The table for what comes next. */
    default RuleTable now() {
        return at(Long.MAX_VALUE);
    }
}
