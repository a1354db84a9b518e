package io.github.falcogateway.sink.prometheus;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.Priority;
import io.prometheus.metrics.model.snapshots.Labels;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What tells one series of events from another. Immutable.
 *
 * @param severity 0 for Emergency to 7 for Debug, as falco-exporter has it; -1 for the series of all others
 * @param tags {@code ,a,b,}, as falco-exporter has it; empty without
 */
record SeriesLabels(
        String rule, int severity, String hostname, String source, String namespace, String pod, String tags) {

    /** The one series of everything over the limit. */
    static final SeriesLabels OTHER = new SeriesLabels("_other", -1, "", "", "", "", "");

    private static final String[] EXPORTER = {
        "rule", "priority", "hostname", "source", "k8s_ns_name", "k8s_pod_name", "tags"
    };

    private static final String[] SIDEKICK = {
        "rule", "priority", "priority_raw", "hostname", "source", "k8s_ns_name", "k8s_pod_name"
    };

    /** Longer label values are an attack, not a name. */
    private static final int MAX_LENGTH = 256;

    /** As a record's own, without the method handles that it is made of: each event asks. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SeriesLabels that
                && severity == that.severity
                && rule.equals(that.rule)
                && hostname.equals(that.hostname)
                && source.equals(that.source)
                && namespace.equals(that.namespace)
                && pod.equals(that.pod)
                && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        int hash = 31 * rule.hashCode() + severity;
        hash = 31 * hash + hostname.hashCode();
        hash = 31 * hash + source.hashCode();
        hash = 31 * hash + namespace.hashCode();
        hash = 31 * hash + pod.hashCode();
        return 31 * hash + tags.hashCode();
    }

    /** The label set of an event; {@code tags} as {@link #joined} has them, empty without. */
    static SeriesLabels of(FalcoEvent event, String tags) {
        return new SeriesLabels(
                cut(event.rule()),
                event.priority().severity(),
                host(event),
                cut(event.sourceName()),
                field(event, "k8s.ns.name"),
                field(event, "k8s.pod.name"),
                tags);
    }

    /** The label set of a rule's events on a host, outside of any pod. */
    static SeriesLabels of(KnownRule rule, String host, boolean tags) {
        return new SeriesLabels(
                cut(rule.name()),
                rule.priority().severity(),
                host,
                cut(rule.source()),
                "",
                "",
                tags ? joined(rule.tags()) : "");
    }

    /** The host of an event as a label. */
    static String host(FalcoEvent event) {
        return cut(event.host());
    }

    /** As the store keeps it; {@link #parse} reads it. */
    String text() {
        return new JsonArray(List.of(rule, severity, hostname, source, namespace, pod, tags)).encode();
    }

    static SeriesLabels parse(String text) {
        JsonArray values = new JsonArray(text);
        return new SeriesLabels(
                values.getString(0),
                values.getInteger(1),
                values.getString(2),
                values.getString(3),
                values.getString(4),
                values.getString(5),
                values.getString(6));
    }

    boolean isPod() {
        return !pod.isEmpty();
    }

    /** falco-exporter's names. */
    Labels exporter() {
        return Labels.of(EXPORTER, new String[] {rule, number(severity), hostname, source, namespace, pod, tags});
    }

    /**
     * Falcosidekick's names and values but for the tags, which it does not have: label sets that differ by tags alone
     * are one series there. It counts the other way round: 1 for Debug to 8 for Emergency.
     */
    Labels sidekick() {
        String raw = severity < 0 ? "" : Priority.values()[severity].label().toLowerCase(Locale.ROOT);
        return Labels.of(
                SIDEKICK,
                new String[] {rule, severity < 0 ? "" : number(8 - severity), raw, hostname, source, namespace, pod});
    }

    private static String number(int severity) {
        return severity < 0 ? "" : Integer.toString(severity);
    }

    /** The tags as falco-exporter has them. */
    static String joined(List<String> tags) {
        return tags.isEmpty() ? "" : cut("," + String.join(",", tags) + ",");
    }

    private static String field(FalcoEvent event, String name) {
        FieldValue value = event.field(name);
        return value == null || value.text().equals("<NA>") ? "" : cut(value.text());
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end);
    }
}
