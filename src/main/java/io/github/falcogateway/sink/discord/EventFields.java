package io.github.falcogateway.sink.discord;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows the values of an event: those that matter first, or those that the sink is told to show. Immutable. */
final class EventFields {

    private static final int COMMAND = 1000;
    private static final int SHORT = 200;
    private static final int TAGS = 250;
    private static final String COMMAND_LINE = "proc.cmdline";
    /** What Falco writes for a field that has no value in this event. */
    private static final String NOT_AVAILABLE = "<NA>";

    private static final Map<String, String> TITLES = titles();
    /** Told in another way, or told to nobody. */
    private static final Set<String> TOLD = Set.of(
            "evt.time",
            "evt.time.iso8601",
            "evt.hostname",
            "container.id",
            "container.image.tag",
            "k8s.ns.name",
            "k8s.pod.name");

    private final List<String> chosen;

    EventFields(List<String> chosen) {
        this.chosen = chosen;
    }

    void add(Fitting into, FalcoEvent event) {
        if (!chosen.isEmpty()) {
            chosen.forEach(name -> one(into, name, text(event, name)));
            return;
        }
        TITLES.keySet().forEach(name -> one(into, name, text(event, name)));
        into.field("Pod", pod(event), SHORT, true);
        into.field("Tags", String.join(", ", event.tags()), TAGS, false);
        for (Map.Entry<String, FieldValue> field : event.fields().entrySet()) {
            if (!TITLES.containsKey(field.getKey()) && !TOLD.contains(field.getKey())) {
                one(into, field.getKey(), text(event, field.getKey()));
            }
        }
    }

    /** What people call a field. */
    static String title(String name) {
        String title = TITLES.get(name);
        return title == null ? InertText.line(name, 100) : title;
    }

    private static void one(Fitting into, String name, String text) {
        if (name.equals(COMMAND_LINE)) {
            into.code(title(name), text, COMMAND);
        } else {
            into.field(title(name), text, SHORT, true);
        }
    }

    /** A value as text, numbers and booleans too; empty where there is none. */
    private static String text(FalcoEvent event, String name) {
        String text = raw(event, name);
        if (name.equals("container.name") && text.isEmpty()) {
            return raw(event, "container.id");
        }
        String tag = name.equals("container.image.repository") ? raw(event, "container.image.tag") : "";
        return text.isEmpty() || tag.isEmpty() ? text : text + ":" + tag;
    }

    private static String raw(FalcoEvent event, String name) {
        @Nullable FieldValue value = event.field(name);
        return value == null || value.text().equals(NOT_AVAILABLE) ? "" : value.text();
    }

    private static String pod(FalcoEvent event) {
        String namespace = raw(event, "k8s.ns.name");
        String pod = raw(event, "k8s.pod.name");
        return namespace.isEmpty() || pod.isEmpty() ? namespace + pod : namespace + "/" + pod;
    }

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("user.name", "User");
        titles.put("proc.name", "Process");
        titles.put(COMMAND_LINE, "Command");
        titles.put("proc.pname", "Parent");
        titles.put("fd.name", "File");
        titles.put("container.name", "Container");
        titles.put("container.image.repository", "Image");
        return titles;
    }
}
