package io.github.falcogateway.codec;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads events in the form the journal keeps. Immutable, thread-safe. */
public final class KeptReader implements EventReader {

    @Override
    public JournaledEvent read(long id, byte[] kept) {
        try {
            DecodedEvent decoded = EventParser.parse(kept, Instant.EPOCH);
            FalcoEvent event = decoded.event();
            Span gateway = decoded.gateway();
            if (gateway == null) {
                throw new IllegalArgumentException("event " + id + " has no gateway member");
            }
            Entry entry = Entry.of(kept, gateway);
            Provenance sender = entry.provenance(event.host());
            return new JournaledEvent(id, event.from(sender), kept);
        } catch (DecodeException damaged) {
            throw new IllegalArgumentException("event " + id + " cannot be read", damaged);
        }
    }

    /** The journal id in a kept event, of the last gateway it passed; -1 where it has none. */
    public static long id(byte[] kept) {
        try {
            Span gateway = EventParser.parse(kept, Instant.EPOCH).gateway();
            if (gateway == null) {
                return -1;
            }
            Entry entry = Entry.of(kept, gateway);
            return Long.parseLong(entry.id);
        } catch (DecodeException | NumberFormatException none) {
            return -1;
        }
    }

    /** One gateway's entry; of several the last one's counts, labels of all. */
    private static final class Entry {

        private final Map<String, String> labels = new LinkedHashMap<>();
        private String id = "";
        private Instant receivedAt = Instant.EPOCH;
        private Via via = Via.HTTP;
        private String hostFrom = "";
        private @Nullable String claimed;
        private String remote = "";
        private String node = "";

        static Entry of(byte[] kept, Span gateway) throws DecodeException {
            Entry entry = new Entry();
            JsonCursor cursor = new JsonCursor(kept, gateway);
            if (cursor.kind() == '{') {
                entry.read(cursor);
            }
            return entry;
        }

        void read(JsonCursor cursor) throws DecodeException {
            cursor.object();
            while (cursor.member()) {
                String name = cursor.name();
                byte kind = cursor.kind();
                if (kind == '"') {
                    text(name, cursor);
                } else if (kind == '{' && name.equals("labels")) {
                    labels(cursor);
                } else if (kind == '[' && name.equals("path")) {
                    path(cursor);
                } else {
                    cursor.skip();
                }
            }
        }

        private void path(JsonCursor cursor) throws DecodeException {
            cursor.array();
            while (cursor.element()) {
                if (cursor.kind() == '{') {
                    claimed = null;
                    read(cursor);
                } else {
                    cursor.skip();
                }
            }
        }

        private void labels(JsonCursor cursor) throws DecodeException {
            cursor.object();
            while (cursor.member()) {
                String name = cursor.name();
                if (cursor.kind() == '"') {
                    labels.put(name, cursor.text());
                } else {
                    cursor.skip();
                }
            }
        }

        private void text(String name, JsonCursor cursor) throws DecodeException {
            switch (name) {
                case "id" -> id = cursor.ownText();
                case "received_at" -> receivedAt = instant(cursor.ownText());
                case "via" -> via = via(cursor.text());
                case "host_from" -> hostFrom = cursor.text();
                case "claimed" -> claimed = cursor.text();
                case "remote" -> remote = cursor.text();
                case "node" -> node = cursor.text();
                // what newer gateways may add
                default -> cursor.skip();
            }
        }

        private static Instant instant(String value) {
            Instant parsed = Timestamps.parse(value);
            return parsed == null ? Instant.EPOCH : parsed;
        }

        private static Via via(String value) {
            for (Via via : Via.values()) {
                if (via.label().equals(value.toLowerCase(Locale.ROOT))) {
                    return via;
                }
            }
            return Via.HTTP;
        }

        Provenance provenance(String host) {
            return new Provenance(via, host, hostFrom, claimed, remote, labels, node, receivedAt);
        }
    }
}
