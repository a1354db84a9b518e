package io.github.falcogateway.app;

import io.github.falcogateway.filter.Definitions;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.journal.Store;
import io.github.falcogateway.rule.Silence;
import io.github.falcogateway.telemetry.RouteMeters;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The silences, kept in the store over restarts. Thread-safe. */
final class Silences {

    private static final String OWNER = "silences";
    private static final Duration REMEMBERED = Duration.ofDays(5);
    private static final int MOST = 1000;
    /** How long the disk may take; whoever asked is still there to be told. */
    private static final long KEPT_WITHIN_SECONDS = 5;

    private final Store store;
    private final RouteMeters meters;
    private volatile List<Silence> all = List.of();
    private long last;

    Silences(Store store, RouteMeters meters) {
        this.store = store;
        this.meters = meters;
    }

    /** Reads what the store has. */
    Future<Void> load() {
        return store.notes(OWNER).map(notes -> {
            notes.values().forEach(note -> put(read(new JsonObject(note))));
            return null;
        });
    }

    /** All of them, also those that are over or not yet begun. */
    List<Silence> all() {
        return all;
    }

    /** How many notifications one held back since the start. */
    long held(String id) {
        return meters.silenced(id);
    }

    /** Adds one; done once it is kept. Fails with {@link TimeoutException} where the disk refuses it: then there is none. */
    synchronized Future<Silence> add(Silence wanted) {
        forgetOld();
        if (all.size() >= MOST) {
            return Future.failedFuture(new IllegalArgumentException("there are " + MOST + " silences already"));
        }
        String id = Long.toString(Math.max(last + 1, Instant.now().toEpochMilli()));
        Silence silence =
                new Silence(id, wanted.filter(), wanted.author(), wanted.comment(), wanted.from(), wanted.until());
        put(silence);
        return inTime(keep(silence)).map(silence).onFailure(late -> withdraw(id));
    }

    /** Whoever asked knows of none; what the store has of it by now, or will have, is taken away behind it. */
    private synchronized void withdraw(String id) {
        all = all.stream().filter(silence -> !silence.id().equals(id)).toList();
        store.keep(OWNER, Map.of(id, Buffer.buffer()));
    }

    private static Future<Void> inTime(Future<Void> kept) {
        return kept.timeout(KEPT_WITHIN_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Ends one now; null where there is none of this id. Fails with {@link TimeoutException} where the disk refuses that: it
     * has ended, but a restart before the disk takes it brings it back.
     */
    synchronized @Nullable Future<Void> expire(String id) {
        Instant now = Instant.now();
        for (Silence silence : all) {
            if (silence.id().equals(id)) {
                Instant until = silence.until().isBefore(now) ? silence.until() : now;
                Silence ended =
                        new Silence(id, silence.filter(), silence.author(), silence.comment(), silence.from(), until);
                put(ended);
                return inTime(keep(ended));
            }
        }
        return null;
    }

    private synchronized void put(Silence silence) {
        List<Silence> now = new ArrayList<>(all);
        now.removeIf(old -> old.id().equals(silence.id()));
        now.add(silence);
        last = Math.max(last, Long.parseLong(silence.id()));
        all = List.copyOf(now);
    }

    private void forgetOld() {
        Instant old = Instant.now().minus(REMEMBERED);
        List<Silence> kept = new ArrayList<>();
        for (Silence silence : all) {
            if (silence.until().isBefore(old)) {
                store.keep(OWNER, Map.of(silence.id(), Buffer.buffer()));
            } else {
                kept.add(silence);
            }
        }
        all = List.copyOf(kept);
    }

    private Future<Void> keep(Silence silence) {
        JsonObject json = new JsonObject()
                .put("id", silence.id())
                .put("condition", silence.filter().text())
                .put("author", silence.author())
                .put("comment", silence.comment())
                .put("start", silence.from().toString())
                .put("end", silence.until().toString());
        return store.keep(OWNER, Map.of(silence.id(), json.toBuffer()));
    }

    private static Silence read(JsonObject json) {
        return new Silence(
                json.getString("id"),
                Filter.compile(json.getString("condition"), Definitions.none()),
                json.getString("author"),
                json.getString("comment"),
                Instant.parse(json.getString("start")),
                Instant.parse(json.getString("end")));
    }
}
