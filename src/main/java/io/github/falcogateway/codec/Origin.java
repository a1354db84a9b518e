package io.github.falcogateway.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        List<Origin> passed = gateway == null ? List.of() : entries(decoded.json(), gateway);
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
        try (JsonParser parser = EventParser.JSON.createParser(json, member.from(), member.to() - member.from())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                read(parser, found);
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("read before", impossible);
        }
        return found;
    }

    private static void read(JsonParser parser, List<Origin> found) throws IOException {
        String node = "";
        String id = "";
        String receivedAt = "";
        int mine = found.size();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING) {
                node = name.equals("node") ? parser.getText() : node;
                id = name.equals("id") ? parser.getText() : id;
                receivedAt = name.equals("received_at") ? parser.getText() : receivedAt;
            } else if (token == JsonToken.START_ARRAY && name.equals("path")) {
                path(parser, found);
            } else {
                parser.skipChildren();
            }
        }
        found.add(mine, new Origin(node, id, receivedAt));
    }

    private static void path(JsonParser parser, List<Origin> found) throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                read(parser, found);
            } else {
                parser.skipChildren();
            }
        }
    }
}
