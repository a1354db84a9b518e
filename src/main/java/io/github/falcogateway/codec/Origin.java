package io.github.falcogateway.codec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What another gateway calls an event that it hands on: its own name, its journal's id, and when it took the event, for
 * ids begin anew where a journal is taken away. Immutable.
 */
public record Origin(String node, String id, String receivedAt) {

    private static final byte[] PATH = "\"path\"".getBytes(StandardCharsets.US_ASCII);

    /** The gateway that hands the event to us; null where it comes from none. */
    public static @Nullable Origin of(DecodedEvent decoded) {
        Span gateway = decoded.gateway();
        List<Origin> passed =
                gateway == null ? List.of() : entries(decoded.json().bytes(), gateway);
        Origin last = passed.isEmpty() ? null : passed.get(passed.size() - 1);
        return last == null || last.node.isEmpty() || last.id.isEmpty() || last.receivedAt.isEmpty() ? null : last;
    }

    /** The gateway that handed us an event that we keep; null where it came from none. */
    public static @Nullable Origin ofKept(byte[] kept) {
        if (!mentionsPath(kept)) {
            return null;
        }
        try {
            Span gateway = EventParser.parse(kept, Instant.EPOCH).gateway();
            List<Origin> passed = gateway == null ? List.of() : entries(kept, gateway);
            return passed.size() < 2 ? null : passed.get(passed.size() - 2);
        } catch (DecodeException damaged) {
            return null;
        }
    }

    /** When the first gateway that says so took the event; null where none does. */
    static @Nullable Instant arrival(byte[] json, Span gateway) {
        return entries(json, gateway).stream()
                .map(entry -> Timestamps.parse(entry.receivedAt))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static boolean mentionsPath(byte[] kept) {
        for (int at = kept.length - PATH.length; at >= 0; at--) {
            int same = 0;
            while (same < PATH.length && kept[at + same] == PATH[same]) {
                same++;
            }
            if (same == PATH.length) {
                return true;
            }
        }
        return false;
    }

    /** The first gateway's entry, then those of the path. */
    private static List<Origin> entries(byte[] json, Span member) {
        List<Origin> found = new ArrayList<>(2);
        JsonCursor cursor = new JsonCursor(json, member);
        try {
            if (cursor.kind() == '{') {
                read(cursor, found);
            }
        } catch (DecodeException impossible) {
            throw new IllegalStateException("read before", impossible);
        }
        return found;
    }

    private static void read(JsonCursor cursor, List<Origin> found) throws DecodeException {
        String node = "";
        String id = "";
        String receivedAt = "";
        int mine = found.size();
        cursor.object();
        while (cursor.member()) {
            String name = cursor.name();
            byte kind = cursor.kind();
            if (kind == '"') {
                String text = cursor.ownText();
                node = name.equals("node") ? text : node;
                id = name.equals("id") ? text : id;
                receivedAt = name.equals("received_at") ? text : receivedAt;
            } else if (kind == '[' && name.equals("path")) {
                path(cursor, found);
            } else {
                cursor.skip();
            }
        }
        found.add(mine, new Origin(node, id, receivedAt));
    }

    private static void path(JsonCursor cursor, List<Origin> found) throws DecodeException {
        cursor.array();
        while (cursor.element()) {
            if (cursor.kind() == '{') {
                read(cursor, found);
            } else {
                cursor.skip();
            }
        }
    }
}
