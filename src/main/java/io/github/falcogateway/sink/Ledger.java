package io.github.falcogateway.sink;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * What became of every event that was routed to a sink for people, since its first start. Identity: routed = announced +
 * grouped + silenced + dead + pending. Confined to one event loop.
 */
final class Ledger {

    private static final String NOTE = "ledger";

    private long routed;
    private long announced;
    private long grouped;
    private long silenced;
    private long dead;
    private final Map<String, Long> bySilence = new HashMap<>();
    private boolean changed;

    void routed() {
        routed++;
        changed = true;
    }

    void silenced(String silence) {
        silenced++;
        bySilence.merge(silence, 1L, Long::sum);
        changed = true;
    }

    /** A message arrived, or is dead. */
    void settled(Delivery message, boolean refused) {
        if (refused) {
            dead += message.weight();
        } else if (message.summary() == null) {
            announced++;
        } else {
            grouped += message.weight();
        }
        changed = true;
    }

    /** So many events arrived that were dead. */
    void revived(int events) {
        dead -= events;
        announced += events;
        changed = true;
    }

    NoticeCounts counts(long pending) {
        return new NoticeCounts(routed, announced, grouped, silenced, dead, pending);
    }

    Map<String, Long> bySilence() {
        return bySilence;
    }

    boolean isChanged() {
        return changed;
    }

    void changes(Map<String, Buffer> notes) {
        if (changed) {
            JsonObject silences = new JsonObject();
            bySilence.forEach(silences::put);
            notes.put(
                    NOTE,
                    new JsonObject()
                            .put("routed", routed)
                            .put("announced", announced)
                            .put("grouped", grouped)
                            .put("silenced", silenced)
                            .put("dead", dead)
                            .put("by_silence", silences)
                            .toBuffer());
            changed = false;
        }
    }

    /** Takes a note that is its own. */
    boolean restore(String name, Buffer saved) {
        if (!name.equals(NOTE)) {
            return false;
        }
        JsonObject json = new JsonObject(saved);
        routed = json.getLong("routed");
        announced = json.getLong("announced");
        grouped = json.getLong("grouped");
        silenced = json.getLong("silenced");
        dead = json.getLong("dead");
        JsonObject silences = json.getJsonObject("by_silence");
        silences.fieldNames().forEach(id -> bySilence.put(id, silences.getLong(id)));
        return true;
    }
}
