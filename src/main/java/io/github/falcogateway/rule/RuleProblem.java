package io.github.falcogateway.rule;

/**
 * Something in a rule set that cannot be meant. Immutable.
 *
 * @param kind {@code route}, {@code macro} or {@code list}
 * @param name which one
 * @param part the key it is about, such as {@code condition} or {@code to}
 * @param at the offset in that key's text, in characters from 0
 * @param suggestion the name that was probably meant; empty where none is near
 * @param warning whether it can be run all the same
 */
public record RuleProblem(
        String kind, String name, String part, int at, String message, String suggestion, boolean warning) {}
