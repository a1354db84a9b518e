package io.github.falcogateway.sink.prometheus;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import java.util.Locale;

/**
 * What tells one series of events from another. Immutable.
 *
 * @param severity 0 for Emergency to 7 for Debug, as falco-exporter has it
 * @param tags {@code ,a,b,}, as falco-exporter has it; empty without
 */
record SeriesLabels(
        String rule, int severity, String hostname, String source, String namespace, String pod, String tags) {

    /** The names of falco-exporter. */
    static final String[] EXPORTER = {"rule", "priority", "hostname", "source", "k8s_ns_name", "k8s_pod_name", "tags"};

    /** The names of Falcosidekick. */
    static final String[] SIDEKICK = {
        "rule", "priority", "priority_raw", "hostname", "source", "k8s_ns_name", "k8s_pod_name"
    };

    /** The one series of everything over the limit. */
    static final SeriesLabels OTHER = new SeriesLabels("_other", -1, "", "", "", "", "");

    /** Longer label values are an attack, not a name. */
    private static final int MAX_LENGTH = 256;

    static SeriesLabels of(FalcoEvent event, boolean tags) {
        return new SeriesLabels(
                cut(event.rule()),
                event.priority().severity(),
                cut(event.host()),
                cut(event.sourceName()),
                field(event, "k8s.ns.name"),
                field(event, "k8s.pod.name"),
                tags && !event.tags().isEmpty() ? cut("," + String.join(",", event.tags()) + ",") : "");
    }

    String[] exporter() {
        return new String[] {rule, number(severity), hostname, source, namespace, pod, tags};
    }

    /** Falcosidekick counts the other way round: 1 for Debug to 8 for Emergency. */
    String[] sidekick(String priority) {
        return new String[] {
            rule,
            severity < 0 ? "" : number(8 - severity),
            priority.toLowerCase(Locale.ROOT),
            hostname,
            source,
            namespace,
            pod
        };
    }

    private static String number(int severity) {
        return severity < 0 ? "" : Integer.toString(severity);
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
