package io.github.falcogateway.sink;

import io.github.falcogateway.event.EventReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The messages for people that are decided and not delivered, the urgent ones first. It is saved with the sink's place,
 * so that a crash neither forgets nor repeats a decision. Confined to one event loop.
 */
final class Outbox implements Waiting {

    private final List<Delivery> urgent = new ArrayList<>();
    private final List<Delivery> others = new ArrayList<>();
    private List<Delivery> handed = List.of();
    private boolean changed;

    void add(Delivery delivery, boolean first) {
        (first ? urgent : others).add(delivery);
        changed = true;
    }

    @Override
    public boolean isEmpty() {
        return urgent.isEmpty() && others.isEmpty();
    }

    @Override
    public int size() {
        return urgent.size() + others.size();
    }

    @Override
    public Delivery first() {
        if (urgent.isEmpty() || others.isEmpty()) {
            return urgent.isEmpty() ? others.get(0) : urgent.get(0);
        }
        return urgent.get(0).event().id() < others.get(0).event().id() ? urgent.get(0) : others.get(0);
    }

    @Override
    public List<Delivery> next(int max) {
        List<Delivery> batch = new ArrayList<>(urgent.subList(0, Math.min(max, urgent.size())));
        batch.addAll(others.subList(0, Math.min(max - batch.size(), others.size())));
        handed = List.copyOf(batch);
        return handed;
    }

    @Override
    public void done(int count) {
        for (Delivery delivery : handed.subList(0, count)) {
            if (!urgent.remove(delivery)) {
                others.remove(delivery);
            }
        }
        changed |= count > 0;
        handed = List.of();
    }

    @Override
    public List<Delivery> takeBefore(Instant time) {
        List<Delivery> taken = new ArrayList<>();
        for (List<Delivery> part : List.of(urgent, others)) {
            for (Iterator<Delivery> all = part.iterator(); all.hasNext(); ) {
                Delivery delivery = all.next();
                if (delivery.event().event().arrival().isBefore(time)) {
                    taken.add(delivery);
                    all.remove();
                }
            }
        }
        changed |= !taken.isEmpty();
        return taken;
    }

    boolean isChanged() {
        return changed;
    }

    Buffer save() {
        changed = false;
        JsonArray all = new JsonArray();
        urgent.forEach(delivery -> all.add(json(delivery, true)));
        others.forEach(delivery -> all.add(json(delivery, false)));
        return all.toBuffer();
    }

    void restore(Buffer saved, EventReader events) {
        JsonArray all = new JsonArray(saved);
        for (int i = 0; i < all.size(); i++) {
            JsonObject one = all.getJsonObject(i);
            JsonObject summary = one.getJsonObject("summary");
            byte[] event = one.getString("event").getBytes(StandardCharsets.UTF_8);
            Delivery delivery = new Delivery(
                    events.read(one.getLong("id"), event),
                    one.getString("route"),
                    summary == null ? null : Summary.fromJson(summary));
            (one.getBoolean("urgent") ? urgent : others).add(delivery);
        }
    }

    private static JsonObject json(Delivery delivery, boolean urgent) {
        Summary summary = delivery.summary();
        return new JsonObject()
                .put("id", delivery.event().id())
                .put("route", delivery.route())
                .put("urgent", urgent)
                .put("event", new String(delivery.event().json(), StandardCharsets.UTF_8))
                .put("summary", summary == null ? null : summary.toJson());
    }
}
