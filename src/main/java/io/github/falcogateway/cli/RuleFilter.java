package io.github.falcogateway.cli;

import io.github.falcogateway.event.Priority;
import io.github.falcogateway.falcorules.FalcoRule;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code rules --filter} asks for. */
final class RuleFilter {

    private static final Pattern SHAPE = Pattern.compile("(\\w+)\\s*(>=|<=|=)\\s*(.*)", Pattern.DOTALL);
    private static final Set<String> YES = Set.of("true", "yes", "on", "1");
    private static final Set<String> NO = Set.of("false", "no", "off", "0");

    private RuleFilter() {}

    /**
     * All of these must hold.
     *
     * @throws IllegalArgumentException where one is none
     */
    static Predicate<FalcoRule> all(List<String> filters) {
        return filters.stream().map(RuleFilter::one).reduce(rule -> true, Predicate::and);
    }

    private static Predicate<FalcoRule> one(String text) {
        Matcher parts = SHAPE.matcher(text.strip());
        if (!parts.matches()) {
            return name(text.strip());
        }
        String value = parts.group(3).strip();
        String key = parts.group(1).toLowerCase(Locale.ROOT);
        if (!parts.group(2).equals("=") && !key.equals("priority")) {
            throw new IllegalArgumentException(
                    "--filter " + text + ": only priority is compared with " + parts.group(2));
        }
        return switch (key) {
            case "name", "rule" -> name(value);
            case "priority" -> priority(parts.group(2), value);
            case "tag", "tags" -> rule -> rule.tags().contains(value);
            case "source" -> rule -> rule.source().equals(value);
            case "enabled" -> enabled(value);
            default ->
                throw new IllegalArgumentException(
                        "--filter knows name, priority, tag, enabled, source, not " + parts.group(1));
        };
    }

    private static Predicate<FalcoRule> name(String part) {
        String wanted = part.toLowerCase(Locale.ROOT);
        return rule -> rule.name().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static Predicate<FalcoRule> priority(String operator, String name) {
        Priority wanted = Priority.parse(name)
                .orElseThrow(() -> new IllegalArgumentException("--filter: " + name
                        + " is no priority: Emergency, Alert, Critical, Error, Warning, Notice, Informational, Debug"));
        return switch (operator) {
            case ">=" -> rule -> rule.severity().atLeast(wanted);
            case "<=" -> rule -> wanted.atLeast(rule.severity());
            default -> rule -> rule.severity() == wanted;
        };
    }

    private static Predicate<FalcoRule> enabled(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        if (!YES.contains(word) && !NO.contains(word)) {
            throw new IllegalArgumentException("--filter: enabled is true or false, not " + value);
        }
        return rule -> rule.enabled() == YES.contains(word);
    }
}
