package io.github.falcogateway.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import java.io.IOException;
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
            FalcoEvent timed = event.time().equals(Instant.EPOCH) ? at(event, sender.receivedAt()) : event;
            return new JournaledEvent(id, timed.from(sender), kept);
        } catch (DecodeException | IOException damaged) {
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
        } catch (DecodeException | IOException | NumberFormatException none) {
            return -1;
        }
    }

    private static FalcoEvent at(FalcoEvent event, Instant time) {
        return new FalcoEvent(
                event.rule(),
                event.priority(),
                event.source(),
                time,
                event.output(),
                event.message(),
                event.tags(),
                event.hostname(),
                event.uuid(),
                event.fields(),
                null);
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

        static Entry of(byte[] kept, Span gateway) throws IOException {
            Entry entry = new Entry();
            try (JsonParser parser =
                    EventParser.JSON.createParser(kept, gateway.from(), gateway.to() - gateway.from())) {
                parser.nextToken();
                entry.read(parser);
            }
            return entry;
        }

        void read(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (token == JsonToken.VALUE_STRING) {
                    text(name, Texts.of(parser));
                } else if (token == JsonToken.START_OBJECT && name.equals("labels")) {
                    labels(parser);
                } else if (token == JsonToken.START_ARRAY && name.equals("path")) {
                    path(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void path(JsonParser parser) throws IOException {
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    claimed = null;
                    read(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void labels(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    labels.put(name, Texts.of(parser));
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void text(String name, String value) {
            switch (name) {
                case "id" -> id = value;
                case "received_at" -> receivedAt = instant(value);
                case "via" -> via = via(value);
                case "host_from" -> hostFrom = value;
                case "claimed" -> claimed = value;
                case "remote" -> remote = value;
                case "node" -> node = value;
                default -> {
                    // what newer gateways may add
                }
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
