package io.github.falcogateway.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Part;
import io.github.falcogateway.event.Provenance;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the form in which an event is kept, shown and posted on: the sender's JSON byte for byte, {@code hostname}
 * set, and one member {@code gateway}. Where another gateway had the event before, that one's member stays and this
 * one adds itself to {@code gateway.path}. What the events of one request have in common is written once. Confined to
 * one call.
 */
public final class KeptForm {

    private static final byte[] GATEWAY = ",\"gateway\":{\"id\":\"".getBytes(UTF_8);

    private @Nullable Provenance last;
    private String arrived = "";
    private String from = "";
    /** The entry of the last sender, which the next one's as a rule is. */
    private String entry = "";

    private byte[] closed = {};

    /** The kept form of an event from this sender, but for the id. */
    public Draft of(DecodedEvent decoded, Provenance sender) {
        Part json = decoded.json();
        FalcoEvent event = decoded.event().from(sender);
        Splice splice = new Splice(json);
        prepare(sender);
        Span gateway = decoded.gateway();
        if (gateway != null) {
            Hops.join(splice, json.bytes(), gateway, entry);
        }
        boolean named = !decoded.hostnames().isEmpty();
        if (named && !sender.host().equals(decoded.event().hostname())) {
            byte[] host = JsonText.quoted(sender.host()).getBytes(UTF_8);
            decoded.hostnames().forEach(span -> splice.replace(span, host));
        }
        int end = json.to() - 1;
        if (!named) {
            splice.insert(end, (",\"hostname\":" + JsonText.quoted(sender.host())).getBytes(UTF_8));
        }
        if (gateway == null) {
            splice.insertAroundId(end, GATEWAY, closed);
        }
        return splice.draft(event);
    }

    /** Makes the entry, from the end of the id to the last value, with the closing brace and without, if it is another. */
    private void prepare(Provenance sender) {
        Provenance before = last;
        last = sender;
        boolean moment =
                before != null && before.receivedAt().equals(sender.receivedAt()) && before.via() == sender.via();
        boolean place = before != null
                && before.labels().equals(sender.labels())
                && before.remote().equals(sender.remote())
                && before.node().equals(sender.node());
        if (before != null
                && moment
                && place
                && before.hostFrom().equals(sender.hostFrom())
                && Objects.equals(before.claimed(), sender.claimed())) {
            return;
        }
        if (!moment) {
            arrived = "\",\"received_at\":\"" + Timestamps.text(sender.receivedAt()) + "\",\"via\":\""
                    + sender.via().label() + "\",\"host_from\":\"";
        }
        if (!place) {
            from = from(sender);
        }
        String claimed = sender.claimed() == null ? "" : ",\"claimed\":" + JsonText.quoted(sender.claimed());
        entry = arrived + sender.hostFrom() + '"' + claimed + from;
        closed = (entry + '}').getBytes(UTF_8);
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
