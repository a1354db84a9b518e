package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The outline of an event: what many events have in common and people ask for. */
final class Outlines {

    /** The last time that an event can have here; whoever asks for a later one asks for all to the end. */
    static final long LATEST = Long.MAX_VALUE - 1;

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
            return seconds > 0 ? LATEST : Long.MIN_VALUE;
        }
        return seconds * NANOS + time.getNano();
    }

    static Instant time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /** Reads so many outlines that {@link OutlineParts} wrote. */
    static List<FalcoEvent> read(int count, DataInputStream from) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = from.readInt(); left > 0; left--) {
            texts.add(text(from));
        }
        List<List<String>> tags = new ArrayList<>();
        for (int left = from.readInt(); left > 0; left--) {
            tags.add(texts(texts, from));
        }
        List<Provenance> senders = new ArrayList<>();
        for (int left = from.readInt(); left > 0; left--) {
            Via via = Via.values()[from.readByte()];
            String host = texts.get(from.readInt());
            String hostFrom = texts.get(from.readInt());
            List<String> labels = texts(texts, from);
            Map<String, String> byName = new HashMap<>();
            for (int i = 0; i < labels.size(); i += 2) {
                byName.put(labels.get(i), labels.get(i + 1));
            }
            senders.add(new Provenance(via, host, hostFrom, null, "", byName, "", Instant.EPOCH));
        }
        List<FalcoEvent> outlines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Priority priority = Priority.values()[from.readByte()];
            String rule = texts.get(from.readInt());
            String source = texts.get(from.readInt());
            List<String> tagged = tags.get(from.readInt());
            outlines.add(outline(rule, priority, source, tagged, senders.get(from.readInt())));
        }
        return outlines;
    }

    private static List<String> texts(List<String> texts, DataInputStream from) throws IOException {
        int size = from.readInt();
        List<String> list = new ArrayList<>(Math.min(size, texts.size()));
        for (int left = size; left > 0; left--) {
            list.add(texts.get(from.readInt()));
        }
        return List.copyOf(list);
    }

    private static FalcoEvent outline(
            String rule, Priority priority, String source, List<String> tags, Provenance sender) {
        return new FalcoEvent(
                rule, priority, source, Instant.EPOCH, "", "", tags, sender.host(), null, Map.of(), sender);
    }

    private static String text(DataInputStream from) throws IOException {
        int length = from.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("no text of an index is that long");
        }
        return new String(from.readNBytes(length), StandardCharsets.UTF_8);
    }
}
