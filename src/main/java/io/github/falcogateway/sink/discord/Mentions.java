package io.github.falcogateway.sink.discord;

import io.github.falcogateway.event.Priority;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which roles a message calls. Immutable.
 *
 * @param roles role ids by the priority from which on they are mentioned; {@code role:ID} is read as {@code ID}
 */
public record Mentions(Map<Priority, List<String>> roles) {

    private static final Pattern SNOWFLAKE = Pattern.compile("[0-9]{1,20}");
    private static final String PREFIX = "role:";

    public Mentions {
        Map<Priority, List<String>> bare = new EnumMap<>(Priority.class);
        roles.forEach(
                (from, ids) -> bare.put(from, ids.stream().map(Mentions::bare).toList()));
        roles = Map.copyOf(bare);
    }

    /** Nobody is mentioned. */
    public static Mentions none() {
        return new Mentions(Map.of());
    }

    /** Those to mention for an event of this priority, each once. */
    Set<String> of(Priority priority) {
        Set<String> called = new LinkedHashSet<>();
        for (Priority from : Priority.values()) {
            if (priority.atLeast(from)) {
                called.addAll(roles.getOrDefault(from, List.of()));
            }
        }
        return called;
    }

    /** What is wrong, one line each; empty when all is well. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> all = of(Priority.EMERGENCY);
        if (!all.stream().allMatch(id -> SNOWFLAKE.matcher(id).matches())) {
            problems.add("mentions: a role is named by its id, digits only: role:123456789012345678");
        }
        if (all.size() > Limits.ROLES) {
            problems.add("mentions: at most " + Limits.ROLES + " roles");
        }
        return problems;
    }

    private static String bare(String role) {
        return role.startsWith(PREFIX) ? role.substring(PREFIX.length()) : role;
    }
}
