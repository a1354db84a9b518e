package io.github.falcogateway.codec;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Provenance;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the form in which an event is kept, shown and posted on: the sender's JSON byte for byte, {@code hostname}
 * set, and one member {@code gateway}. Where another gateway had the event before, that one's member stays and this
 * one adds itself to {@code gateway.path}. What the events of one request have in common is written once. Confined to
 * one call.
 */
public final class KeptForm {

    private @Nullable Provenance last;
    private String arrived = "";
    private String from = "";

    /** The kept form of an event from this sender, but for the id. */
    public Draft of(DecodedEvent decoded, Provenance sender) {
        byte[] json = decoded.json();
        FalcoEvent event = decoded.event().from(sender);
        Splice splice = new Splice(json);
        Span gateway = decoded.gateway();
        if (gateway != null) {
            Hops.join(splice, json, gateway, entry(sender));
        }
        boolean named = !decoded.hostnames().isEmpty();
        if (named && !sender.host().equals(decoded.event().hostname())) {
            String host = JsonText.quoted(sender.host());
            decoded.hostnames().forEach(span -> splice.replace(span, host));
        }
        int end = json.length - 1;
        if (!named) {
            splice.insert(end, ",\"hostname\":" + JsonText.quoted(sender.host()));
        }
        if (gateway == null) {
            splice.insertAroundId(end, ",\"gateway\":{\"id\":\"", entry(sender) + "}");
        }
        return splice.draft(event);
    }

    /** From the end of the id to the last value of the entry, without the closing brace. */
    private String entry(Provenance sender) {
        Provenance before = last;
        if (before == null || !before.receivedAt().equals(sender.receivedAt()) || before.via() != sender.via()) {
            arrived = "\",\"received_at\":\"" + Timestamps.text(sender.receivedAt()) + "\",\"via\":\""
                    + sender.via().label() + "\",\"host_from\":\"";
        }
        if (before == null
                || !before.labels().equals(sender.labels())
                || !before.remote().equals(sender.remote())
                || !before.node().equals(sender.node())) {
            from = from(sender);
        }
        last = sender;
        String claimed = sender.claimed() == null ? "" : ",\"claimed\":" + JsonText.quoted(sender.claimed());
        return arrived + sender.hostFrom() + '"' + claimed + from;
    }

    private static String from(Provenance sender) {
        StringBuilder text = new StringBuilder(96);
        text.append(",\"remote\":").append(JsonText.quoted(sender.remote())).append(",\"labels\":{");
        String separator = "";
        for (Map.Entry<String, String> label : sender.labels().entrySet()) {
            text.append(separator).append(JsonText.quoted(label.getKey()));
            text.append(':').append(JsonText.quoted(label.getValue()));
            separator = ",";
        }
        return text.append("},\"node\":").append(JsonText.quoted(sender.node())).toString();
    }
}
