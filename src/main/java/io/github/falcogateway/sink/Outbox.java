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
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The messages for people that are decided and not delivered, the urgent ones first. Each is kept with the
 * sink's place, so that a crash neither forgets nor repeats a decision. Confined to one event loop.
 */
final class Outbox implements Waiting {

    private static final String NOTE = "outbox";

    /** One message, its number among those that are kept, and whether it goes before others. */
    private record Entry(long number, Delivery message, boolean urgent) {

        String note() {
            return NOTE + " " + number;
        }
    }

    private final Deque<Entry> urgent = new ArrayDeque<>();
    private final Deque<Entry> others = new ArrayDeque<>();
    private final List<Entry> handed = new ArrayList<>();
    private int urgentStorms;
    private int otherStorms;
    private int reports;
    private long weight;
    private long bytes;
    private long lowest;
    private long highest;
    /** By their notes, the messages that are not kept yet. */
    private final Map<String, Entry> fresh = new LinkedHashMap<>();
    /** The notes of messages that are no more. */
    private final List<String> gone = new ArrayList<>();

    void add(Delivery message, boolean first) {
        // What stands for many names them all within a time: it does not wait behind single ones.
        if (first && message.summary() != null) {
            Entry entry = new Entry(--lowest, message, true);
            urgent.addFirst(entry);
            enter(entry);
        } else {
            append(message, first);
        }
    }

    /** Says a word of the gateway's own, which makes an older one on the same matter outdated. */
    void say(Delivery word) {
        for (Iterator<Entry> all = urgent.iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            boolean own = entry.message().form() == Form.NOTICE;
            if (own && rule(entry.message()).equals(rule(word))) {
                leave(entry);
                all.remove();
            }
        }
        add(word, true);
    }

    private static String rule(Delivery message) {
        return message.event().event().rule();
    }

    private void append(Delivery message, boolean first) {
        Entry entry = new Entry(++highest, message, first);
        (first ? urgent : others).addLast(entry);
        enter(entry);
    }

    private void enter(Entry entry) {
        count(entry, 1);
        fresh.put(entry.note(), entry);
    }

    private void leave(Entry entry) {
        count(entry, -1);
        if (fresh.remove(entry.note()) == null) {
            gone.add(entry.note());
        }
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

    /** How many of its messages are digests, or tell what a silence held. */
    int reports() {
        return reports;
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
        delivered.forEach(this::leave);
        delivered.clear();
        giveBack();
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
                    leave(entry);
                    all.remove();
                }
            }
        }
        return taken;
    }

    boolean isChanged() {
        return !fresh.isEmpty() || !gone.isEmpty();
    }

    /** Adds what changed since the last call: a note for each message, an empty one for what is gone. */
    void changes(Map<String, Buffer> notes) {
        fresh.forEach((name, entry) -> notes.put(name, json(entry).toBuffer()));
        gone.forEach(name -> notes.put(name, Buffer.buffer()));
        fresh.clear();
        gone.clear();
    }

    /** Takes those of the notes that are its own. */
    void restore(Map<String, Buffer> notes, EventReader events) {
        NavigableMap<Long, JsonObject> kept = new TreeMap<>();
        notes.forEach((name, note) -> {
            if (name.startsWith(NOTE + " ")) {
                kept.put(Long.parseLong(name.substring(NOTE.length() + 1)), new JsonObject(note));
            }
        });
        kept.forEach((number, one) -> {
            Entry entry = new Entry(number, message(one, events), one.getBoolean("urgent"));
            (entry.urgent() ? urgent : others).addLast(entry);
            count(entry, 1);
        });
        lowest = kept.isEmpty() ? 0 : Math.min(0, kept.firstKey());
        highest = kept.isEmpty() ? 0 : Math.max(0, kept.lastKey());
        Buffer together = notes.get(NOTE);
        if (together != null) {
            // Older versions kept all of them in one.
            JsonArray all = new JsonArray(together);
            for (int i = 0; i < all.size(); i++) {
                JsonObject one = all.getJsonObject(i);
                append(message(one, events), one.getBoolean("urgent"));
            }
            gone.add(NOTE);
        }
    }

    private static Delivery message(JsonObject one, EventReader events) {
        JsonObject summary = one.getJsonObject("summary");
        byte[] event = one.getString("event").getBytes(StandardCharsets.UTF_8);
        JournaledEvent kept = events.read(one.getLong("id"), event);
        return new Delivery(
                one.getBoolean("gist", false) ? Gist.of(kept) : kept,
                one.getString("route"),
                summary == null ? null : Summary.fromJson(summary));
    }

    private void count(Entry entry, int sign) {
        Delivery message = entry.message();
        Form form = message.form();
        int storm = form == Form.STORM ? sign : 0;
        reports += form == Form.DIGEST || form == Form.SILENCE ? sign : 0;
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
