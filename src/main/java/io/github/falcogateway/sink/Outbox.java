package io.github.falcogateway.sink;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Limit;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages for people that are decided and not delivered, the urgent ones first. It is saved with the sink's place,
 * so that a crash neither forgets nor repeats a decision. Confined to one event loop.
 */
final class Outbox implements Waiting {

    static final String NOTE = "outbox";

    /** One message and whether it goes before others. It is kept again and again as long as it waits, and does not change. */
    private static final class Entry {

        private final Delivery message;
        private final boolean urgent;
        private @Nullable Buffer kept;

        private Entry(Delivery message, boolean urgent) {
            this.message = message;
            this.urgent = urgent;
        }

        private Delivery message() {
            return message;
        }

        private boolean urgent() {
            return urgent;
        }

        private Buffer kept() {
            Buffer known = kept;
            if (known == null) {
                known = json(this).toBuffer();
                kept = known;
            }
            return known;
        }
    }

    private final Deque<Entry> urgent = new ArrayDeque<>();
    private final Deque<Entry> others = new ArrayDeque<>();
    private final List<Entry> handed = new ArrayList<>();
    private int urgentStorms;
    private int otherStorms;
    private long weight;
    private long bytes;
    private boolean changed;

    void add(Delivery message, boolean first) {
        Entry entry = new Entry(message, first);
        // What stands for many names them all within a time: it does not wait behind single ones.
        if (first && message.summary() != null) {
            urgent.addFirst(entry);
        } else {
            (first ? urgent : others).addLast(entry);
        }
        count(entry, 1);
        changed = true;
    }

    /** Whether something urgent waits. */
    boolean isUrgent() {
        return !urgent.isEmpty();
    }

    int urgentSize() {
        return urgent.size();
    }

    int otherSize() {
        return others.size();
    }

    /** How many of its messages tell a storm, an urgent one or what comes beside it. */
    int storms(boolean first) {
        return first ? urgentStorms : otherStorms;
    }

    /** How many events its messages stand for. */
    long weight() {
        return weight;
    }

    /** The bytes of its messages' events; one that stands for others is a few words until it is told. */
    long bytes() {
        return bytes;
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public int size() {
        return urgent.size() + others.size() + handed.size();
    }

    @Override
    public Delivery first() {
        Entry one = urgent.isEmpty() ? handed.isEmpty() ? others.getFirst() : handed.get(0) : urgent.getFirst();
        Entry other = others.isEmpty() ? one : others.getFirst();
        return one.message().event().id() <= other.message().event().id() ? one.message() : other.message();
    }

    @Override
    public List<Delivery> next(Limit limit) {
        giveBack();
        Iterable<Entry> all = Stream.concat(urgent.stream(), others.stream())::iterator;
        for (Entry entry : limit.first(all, one -> one.message().size())) {
            (urgent.isEmpty() ? others : urgent).removeFirst();
            handed.add(entry);
        }
        return handed.stream().map(Entry::message).toList();
    }

    @Override
    public void done(int count) {
        List<Entry> delivered = handed.subList(0, count);
        delivered.forEach(entry -> count(entry, -1));
        delivered.clear();
        giveBack();
        changed |= count > 0;
    }

    /** What was handed out and not delivered is the next again. */
    private void giveBack() {
        for (int i = handed.size() - 1; i >= 0; i--) {
            Entry entry = handed.get(i);
            (entry.urgent() ? urgent : others).addFirst(entry);
        }
        handed.clear();
    }

    @Override
    public List<Delivery> takeBefore(Instant time) {
        giveBack();
        List<Delivery> taken = new ArrayList<>();
        for (Deque<Entry> part : List.of(urgent, others)) {
            for (Iterator<Entry> all = part.iterator(); all.hasNext(); ) {
                Entry entry = all.next();
                Delivery message = entry.message();
                // A digest or the end of a silence tells of old events and is no older than its last moment.
                if (message.summary() == null
                        && message.event().event().arrival().isBefore(time)) {
                    taken.add(message);
                    count(entry, -1);
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
        Buffer all = Buffer.buffer("[");
        for (Collection<Entry> part : List.of(handed, urgent, others)) {
            for (Entry entry : part) {
                all.appendString(all.length() == 1 ? "" : ",").appendBuffer(entry.kept());
            }
        }
        return all.appendString("]");
    }

    void restore(Buffer saved, EventReader events) {
        JsonArray all = new JsonArray(saved);
        for (int i = 0; i < all.size(); i++) {
            JsonObject one = all.getJsonObject(i);
            JsonObject summary = one.getJsonObject("summary");
            byte[] event = one.getString("event").getBytes(StandardCharsets.UTF_8);
            JournaledEvent kept = events.read(one.getLong("id"), event);
            Delivery message = new Delivery(
                    one.getBoolean("gist", false) ? Gist.of(kept) : kept,
                    one.getString("route"),
                    summary == null ? null : Summary.fromJson(summary));
            Entry entry = new Entry(message, one.getBoolean("urgent"));
            (entry.urgent() ? urgent : others).addLast(entry);
            count(entry, 1);
        }
    }

    private void count(Entry entry, int sign) {
        Delivery message = entry.message();
        Summary summary = message.summary();
        int storm = summary != null && summary.form() == Form.STORM ? sign : 0;
        urgentStorms += entry.urgent() ? storm : 0;
        otherStorms += entry.urgent() ? 0 : storm;
        weight += sign * message.weight();
        bytes += (long) sign * message.size();
    }

    private static JsonObject json(Entry entry) {
        Delivery message = entry.message();
        Summary summary = message.summary();
        return new JsonObject()
                .put("id", message.event().id())
                .put("route", message.route())
                .put("urgent", entry.urgent())
                .put("gist", Gist.is(message.event()))
                .put("event", new String(Gist.told(message.event()).json(), StandardCharsets.UTF_8))
                .put("summary", summary == null ? null : summary.toJson());
    }
}
