package io.github.falcogateway.sink.discord;

import io.github.falcogateway.sink.Summary;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Says in a few fields what is told together: how many, from when to when, why, and in what they differ. */
final class SummaryFields {

    private static final int VALUES = 300;
    /** Every host and every rule is named, as far as a field holds them. */
    private static final int NAMES = 700;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Map<String, String> TITLES = Map.of(
            "host", "Hosts",
            "rule", "Rules",
            "user.name", "Users",
            "proc.name", "Processes",
            "fd.name", "Files",
            "container.name", "Containers",
            "k8s.pod.name", "Pods");

    private SummaryFields() {}

    static void add(List<EmbedField> fields, Summary summary) {
        fields.add(new EmbedField("Events", Long.toString(summary.count()), true));
        fields.add(new EmbedField("From", time(summary.first()), true));
        fields.add(new EmbedField("To", time(summary.last()), true));
        StringBuilder held = new StringBuilder();
        summary.held()
                .forEach((why, count) -> held.append(held.isEmpty() ? "" : ", ")
                        .append(count)
                        .append(" by ")
                        .append(why));
        fields.add(new EmbedField("Held back", InertText.value(held.toString(), VALUES), false));
        summary.values().forEach((field, values) -> {
            String title = TITLES.get(field);
            boolean names = field.equals("host") || field.equals("rule");
            if (title != null && (names || values.size() > 1)) {
                String text = InertText.value(String.join(", ", values), names ? NAMES : VALUES);
                fields.add(new EmbedField(title, text, false));
            }
        });
    }

    private static String time(Instant time) {
        return CLOCK.format(time) + " UTC";
    }
}
