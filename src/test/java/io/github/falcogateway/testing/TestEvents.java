package io.github.falcogateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.KeptForm;
import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import java.time.Instant;
import java.util.Map;

/** Events for tests, made the way real ones are. */
public final class TestEvents {

    public static final Instant NOW = Instant.now();

    private TestEvents() {}

    public static Provenance sender(String host) {
        return new Provenance(Via.HTTP, host, "hosts", null, "10.0.0.1", Map.of("env", "prod"), "gw", NOW);
    }

    public static DecodedEvent decoded(String json) {
        return decoded(json, NOW);
    }

    private static DecodedEvent decoded(String json, Instant at) {
        return new EventDecoder(1).decode(json.getBytes(UTF_8), at).events().get(0);
    }

    /** An event that its sender was named for: host {@code web-1}, label {@code env} = {@code prod}. */
    public static FalcoEvent event(String json) {
        return decoded(json).event().from(sender("web-1"));
    }

    public static Draft draft(String json) {
        return new KeptForm().of(decoded(json), sender("web-1"));
    }

    public static JournaledEvent journaled(long id, String rule, String priority) {
        return draft("{\"rule\":\"" + rule + "\",\"priority\":\"" + priority + "\",\"output\":\"out of " + rule + "\"}")
                .keep(id);
    }

    public static JournaledEvent journaled(long id, String rule, String priority, String host) {
        String json = "{\"rule\":\"" + rule + "\",\"priority\":\"" + priority + "\"}";
        return new KeptForm().of(decoded(json), sender(host)).keep(id);
    }

    /** An event that came in at a time, from a host without labels. */
    public static JournaledEvent journaled(long id, String json, String host, Instant at) {
        Provenance sender = new Provenance(Via.HTTP, host, "hosts", null, "10.0.0.1", Map.of(), "gw", at);
        return new KeptForm().of(decoded(json, at), sender).keep(id);
    }
}
