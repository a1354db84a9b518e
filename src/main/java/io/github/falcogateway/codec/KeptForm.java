package io.github.falcogateway.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Part;
import io.github.falcogateway.event.Provenance;
import java.util.IdentityHashMap;
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
    /** The entries of senders that differ from the last one in their labels alone; hosts with the same have one map. */
    private final Map<Map<String, String>, Entry> byLabels = new IdentityHashMap<>();
    /** The entry of the last sender, which the next one's as a rule is. */
    private Entry entry = new Entry("", new byte[0]);

    /** What is written of a sender, from the end of the id to the last value; with the closing brace the second time. */
    private record Entry(String text, byte[] closed) {}

    /** The kept form of an event from this sender, but for the id. */
    public Draft of(DecodedEvent decoded, Provenance sender) {
        Part json = decoded.json();
        FalcoEvent event = decoded.event().from(sender);
        Splice splice = new Splice(json);
        prepare(sender);
        Span gateway = decoded.gateway();
        if (gateway != null) {
            Hops.join(splice, json.bytes(), gateway, entry.text());
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
            splice.insertAroundId(end, GATEWAY, entry.closed());
        }
        return splice.draft(event);
    }

    /** Makes the entry, if it is another. */
    private void prepare(Provenance sender) {
        Provenance before = last;
        last = sender;
        boolean moment =
                before != null && before.receivedAt().equals(sender.receivedAt()) && before.via() == sender.via();
        if (!moment) {
            arrived = "\",\"received_at\":\"" + Timestamps.text(sender.receivedAt()) + "\",\"via\":\""
                    + sender.via().label() + "\",\"host_from\":\"";
        }
        if (before == null || !moment || !isAlike(before, sender)) {
            byLabels.clear();
        } else if (before.labels() == sender.labels()) {
            return;
        }
        entry = byLabels.computeIfAbsent(sender.labels(), labels -> entry(sender));
    }

    /** Whether nothing that is written here is another but for the labels. */
    private static boolean isAlike(Provenance one, Provenance other) {
        return one.remote().equals(other.remote())
                && one.node().equals(other.node())
                && one.hostFrom().equals(other.hostFrom())
                && Objects.equals(one.claimed(), other.claimed());
    }

    private Entry entry(Provenance sender) {
        String claimed = sender.claimed() == null ? "" : ",\"claimed\":" + JsonText.quoted(sender.claimed());
        String text = arrived + sender.hostFrom() + '"' + claimed + from(sender);
        return new Entry(text, (text + '}').getBytes(UTF_8));
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
