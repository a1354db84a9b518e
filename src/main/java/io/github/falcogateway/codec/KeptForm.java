package io.github.falcogateway.codec;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Provenance;
import java.util.Map;

/**
 * Writes the form in which an event is kept, shown and posted on: the sender's JSON byte for byte, {@code hostname}
 * set, and one member {@code gateway}. Where another gateway had the event before, that one's member stays and this
 * one adds itself to {@code gateway.path}.
 */
public final class KeptForm {

    private KeptForm() {}

    /** The kept form of an event from this sender, but for the id. */
    public static Draft of(DecodedEvent decoded, Provenance sender) {
        byte[] json = decoded.json();
        FalcoEvent event = decoded.event().from(sender);
        String host = JsonText.quoted(sender.host());
        Splice splice = new Splice(json);
        Span gateway = decoded.gateway();
        if (gateway != null) {
            Hops.join(splice, json, gateway, entry(sender));
        }
        if (!sender.host().equals(decoded.event().hostname())) {
            decoded.hostnames().forEach(span -> splice.replace(span, host));
        }
        int end = json.length - 1;
        if (decoded.hostnames().isEmpty()) {
            splice.insert(end, ",\"hostname\":" + host);
        }
        if (gateway == null) {
            splice.insertAroundId(end, ",\"gateway\":{\"id\":\"", entry(sender) + "}");
        }
        return splice.draft(event);
    }

    /** From the end of the id to the last value of the entry, without the closing brace. */
    private static String entry(Provenance sender) {
        StringBuilder entry = new StringBuilder(192);
        entry.append("\",\"received_at\":\"").append(sender.receivedAt());
        entry.append("\",\"via\":\"").append(sender.via().label());
        entry.append("\",\"host_from\":\"").append(sender.hostFrom()).append('"');
        if (sender.claimed() != null) {
            entry.append(",\"claimed\":").append(JsonText.quoted(sender.claimed()));
        }
        entry.append(",\"remote\":").append(JsonText.quoted(sender.remote())).append(",\"labels\":{");
        String separator = "";
        for (Map.Entry<String, String> label : sender.labels().entrySet()) {
            entry.append(separator).append(JsonText.quoted(label.getKey()));
            entry.append(':').append(JsonText.quoted(label.getValue()));
            separator = ",";
        }
        return entry.append("},\"node\":")
                .append(JsonText.quoted(sender.node()))
                .toString();
    }
}
