package io.github.falcogateway.ingest.grpc;

import static io.github.falcogateway.codec.JsonText.quoted;

import com.google.protobuf.Timestamp;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.wire.outputs.response;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The JSON that Falco's HTTP output would have sent for an event with its fields as texts, its members in that order. */
final class EventText {

    /** How Falco spells a missing value here; over HTTP it is null. */
    private static final String MISSING = "<NA>";

    /** The sources before Falco 0.31, which named no other, by their numbers. */
    private static final String[] SOURCES = {"syscall", "k8s_audit", "internal", "plugin"};

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder json = new StringBuilder(512);

    private EventText() {}

    static byte[] of(response event) {
        return new EventText().write(event).getBytes(StandardCharsets.UTF_8);
    }

    private String write(response event) {
        String source = source(event);
        member("hostname", event.getHostname());
        member("output", event.getOutput());
        fields(event.getOutputFieldsMap());
        member("priority", priority(event.getPriorityValue()));
        member("rule", event.getRule());
        member("source", source);
        if (event.getTagsCount() > 0 || !source.equals("internal")) {
            name("tags").append('[');
            String separator = "";
            for (String tag : event.getTagsList()) {
                json.append(separator).append(quoted(tag));
                separator = ",";
            }
            json.append(']');
        }
        member("time", event.hasTime() ? time(event.getTime()) : "");
        return json.append('}').toString();
    }

    private void fields(Map<String, String> fields) {
        name("output_fields").append('{');
        String separator = "";
        for (Map.Entry<String, String> field : new TreeMap<>(fields).entrySet()) {
            json.append(separator).append(quoted(field.getKey())).append(':');
            json.append(field.getValue().equals(MISSING) ? "null" : quoted(field.getValue()));
            separator = ",";
        }
        json.append('}');
    }

    /** An empty text is protobuf's word for an absent one. */
    private void member(String name, String value) {
        if (!value.isEmpty()) {
            name(name).append(quoted(value));
        }
    }

    private StringBuilder name(String name) {
        return json.append(json.length() == 0 ? '{' : ',').append(quoted(name)).append(':');
    }

    /** A number that Falco does not know is left for the decoder to refuse. */
    private static String priority(int number) {
        Priority[] all = Priority.values();
        return number >= 0 && number < all.length ? all[number].label() : Integer.toString(number);
    }

    private static String source(response event) {
        if (!event.getSource().isEmpty()) {
            return event.getSource();
        }
        @SuppressWarnings("deprecation")
        int number = event.getSourceDeprecatedValue();
        return number >= 0 && number < SOURCES.length ? SOURCES[number] : "";
    }

    private static String time(Timestamp time) {
        try {
            return TIME.format(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
        } catch (DateTimeException outOfRange) {
            return "";
        }
    }
}
