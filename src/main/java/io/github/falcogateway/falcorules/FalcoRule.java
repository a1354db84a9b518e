package io.github.falcogateway.falcorules;

import io.github.falcogateway.event.Priority;
import java.util.List;
import java.util.Map;

/**
 * One of Falco's rules, merged. Immutable.
 *
 * @param name as events carry it in {@code rule}
 * @param priority as the file spells it
 * @param source {@code syscall} where the file names none
 * @param tags as an event carries them: sorted, each once
 * @param description on one line
 */
public record FalcoRule(
        String name, String priority, boolean enabled, String source, List<String> tags, String description) {

    static FalcoRule of(Map<String, Object> item) {
        String source = text(item, "source");
        return new FalcoRule(
                text(item, "rule"),
                text(item, "priority"),
                item.get("enabled") == null || Merging.isTrue(item.get("enabled")),
                source.isEmpty() ? "syscall" : source,
                tags(item),
                text(item, "desc").replaceAll("\\s+", " ").strip());
    }

    /** How bad it is; Debug where the file spells no priority that Falco knows. */
    public Priority severity() {
        return Priority.parse(priority).orElse(Priority.DEBUG);
    }

    private static List<String> tags(Map<String, Object> item) {
        return item.get("tags") instanceof List<?> tags
                ? tags.stream().map(String::valueOf).distinct().sorted().toList()
                : List.of();
    }

    private static String text(Map<String, Object> item, String key) {
        Object value = item.get(key);
        return value == null ? "" : String.valueOf(value);
    }
}
