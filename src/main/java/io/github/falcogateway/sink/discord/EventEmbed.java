package io.github.falcogateway.sink.discord;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Summary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells one event in one embed: host and priority first, the rule as title, what happened, the values that matter, and
 * where to find it in the journal. Immutable. Its largest form stays under {@link Limits#MESSAGE_TEXT}.
 */
final class EventEmbed {

    private static final int DESCRIPTION = 2000;
    private static final int COMMAND = 1000;
    private static final int TAGS = 250;
    private static final int SHORT = 150;
    private static final int PLACE = 150;
    private static final int HOST = Limits.AUTHOR - 30;
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    /** What Falco writes for a field that has no value in this event. */
    private static final String NOT_AVAILABLE = "<NA>";

    private EventEmbed() {}

    static Embed of(Delivery delivery) {
        JournaledEvent journaled = delivery.event();
        FalcoEvent event = journaled.event();
        Summary summary = delivery.summary();
        Priority priority = summary == null ? event.priority() : summary.worst();
        String author = InertText.plain(event.host(), HOST) + " · " + priority.label();
        String text = event.message().isBlank() ? event.output() : event.message();
        return new Embed(
                author,
                InertText.line(title(event, summary), Limits.TITLE),
                InertText.lines(text, DESCRIPTION),
                color(priority),
                fields(event, priority, summary),
                timestamp(event.time()),
                InertText.plain(gateway(event) + " #" + journaled.id(), PLACE));
    }

    private static String title(FalcoEvent event, @Nullable Summary summary) {
        return summary == null ? event.rule() : summary.count() + " × " + event.rule();
    }

    private static List<EmbedField> fields(FalcoEvent event, Priority priority, @Nullable Summary summary) {
        List<EmbedField> fields = new ArrayList<>();
        if (summary != null) {
            SummaryFields.add(fields, summary);
        }
        fields.add(new EmbedField("Priority", priority.label(), true));
        addShort(fields, "Source", event.sourceName());
        addShort(fields, "User", text(event, "user.name"));
        addShort(fields, "Process", text(event, "proc.name"));
        addShort(fields, "Parent", text(event, "proc.pname"));
        addShort(fields, "File", text(event, "fd.name"));
        addShort(fields, "Container", text(event, "container.name"));
        addShort(fields, "Image", text(event, "container.image.repository"));
        addShort(fields, "Pod", pod(event));
        String command = text(event, "proc.cmdline");
        if (command != null) {
            fields.add(new EmbedField("Command", InertText.fenced(command, COMMAND), false));
        }
        if (!event.tags().isEmpty()) {
            fields.add(new EmbedField("Tags", InertText.value(String.join(", ", event.tags()), TAGS), false));
        }
        return fields;
    }

    private static void addShort(List<EmbedField> fields, String name, @Nullable String text) {
        if (text != null) {
            fields.add(new EmbedField(name, InertText.value(text, SHORT), true));
        }
    }

    private static @Nullable String pod(FalcoEvent event) {
        String namespace = text(event, "k8s.ns.name");
        String pod = text(event, "k8s.pod.name");
        if (namespace == null || pod == null) {
            return pod == null ? namespace : pod;
        }
        return namespace + "/" + pod;
    }

    private static @Nullable String text(FalcoEvent event, String name) {
        FieldValue value = event.field(name);
        return value == null || value.text().equals(NOT_AVAILABLE) ? null : value.text();
    }

    private static String gateway(FalcoEvent event) {
        Provenance provenance = event.provenance();
        return provenance == null ? "" : provenance.node();
    }

    /** A sender's clock may be anywhere; Discord refuses the whole message for a year beyond four digits. */
    private static @Nullable Instant timestamp(Instant time) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
    }

    private static int color(Priority priority) {
        return switch (priority) {
            case EMERGENCY, ALERT -> 0x992D22;
            case CRITICAL -> 0xE74C3C;
            case ERROR -> 0xE67E22;
            case WARNING -> 0xF1C40F;
            case NOTICE -> 0x3498DB;
            case INFORMATIONAL -> 0x2ECC71;
            case DEBUG -> 0x95A5A6;
        };
    }
}
