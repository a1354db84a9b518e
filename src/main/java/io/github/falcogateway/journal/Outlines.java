package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outline of an event: what many events have in common and people ask for. */
final class Outlines {

    private static final long NANOS = 1_000_000_000;
    private static final int LONGEST = 16 << 20;

    private Outlines() {}

    /** The outline with a time. */
    static FalcoEvent at(FalcoEvent outline, long nanos) {
        return new FalcoEvent(
                outline.rule(),
                outline.priority(),
                outline.source(),
                time(nanos),
                "",
                "",
                outline.tags(),
                outline.hostname(),
                null,
                Map.of(),
                outline.provenance());
    }

    /** Nanoseconds since 1970; a time that no long holds is the last or first one that it does. */
    static long nanos(Instant time) {
        long seconds = time.getEpochSecond();
        long most = Long.MAX_VALUE / NANOS - 1;
        if (seconds > most || seconds < -most) {
            return seconds > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return seconds * NANOS + time.getNano();
    }

    static Instant time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    static void write(FalcoEvent outline, DataOutputStream to) throws IOException {
        text(outline.rule(), to);
        to.writeByte(outline.priority().severity());
        text(outline.source(), to);
        text(outline.host(), to);
        to.writeInt(outline.tags().size());
        for (String tag : outline.tags()) {
            text(tag, to);
        }
        Provenance sender = outline.provenance();
        to.writeByte(sender == null ? 0 : sender.via().ordinal());
        text(sender == null ? "" : sender.hostFrom(), to);
        Map<String, String> labels = sender == null ? Map.of() : sender.labels();
        to.writeInt(labels.size());
        for (Map.Entry<String, String> label : labels.entrySet()) {
            text(label.getKey(), to);
            text(label.getValue(), to);
        }
    }

    static FalcoEvent read(DataInputStream from) throws IOException {
        String rule = text(from);
        Priority priority = Priority.values()[from.readByte()];
        String source = text(from);
        String host = text(from);
        List<String> tags = new ArrayList<>();
        for (int left = from.readInt(); left > 0; left--) {
            tags.add(text(from));
        }
        Via via = Via.values()[from.readByte()];
        String hostFrom = text(from);
        Map<String, String> labels = new LinkedHashMap<>();
        for (int left = from.readInt(); left > 0; left--) {
            labels.put(text(from), text(from));
        }
        return outline(rule, priority, source, List.copyOf(tags), provenance(via, host, hostFrom, labels));
    }

    private static Provenance provenance(Via via, String host, String hostFrom, Map<String, String> labels) {
        return new Provenance(via, host, hostFrom, null, "", labels, "", Instant.EPOCH);
    }

    private static FalcoEvent outline(
            String rule, Priority priority, String source, List<String> tags, Provenance sender) {
        return new FalcoEvent(
                rule, priority, source, Instant.EPOCH, "", "", tags, sender.host(), null, Map.of(), sender);
    }

    private static void text(String text, DataOutputStream to) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    private static String text(DataInputStream from) throws IOException {
        int length = from.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("no text of an index is that long");
        }
        return new String(from.readNBytes(length), StandardCharsets.UTF_8);
    }
}
