package io.github.falcogateway.cli;

import io.github.falcogateway.filter.Suggestions;

/** What somebody typed as a condition is none: what is wrong with it, what would be right, and where. Immutable. */
final class BadCondition extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String condition;
    private final int at;

    /**
     * A complaint about a condition.
     *
     * @param suggestion the name that was probably meant; empty where none is near
     * @param at the place in the condition, in characters from 0
     */
    BadCondition(String what, String suggestion, String condition, int at) {
        super("--filter: " + what + Suggestions.question(suggestion));
        this.condition = condition;
        this.at = at;
    }

    /** The condition on a line of its own, with a caret under the place. */
    String place() {
        return Caret.under(condition, at);
    }
}
