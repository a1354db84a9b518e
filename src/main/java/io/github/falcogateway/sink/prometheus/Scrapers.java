package io.github.falcogateway.sink.prometheus;

import io.github.falcogateway.telemetry.Scraper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which births each Prometheus was shown: a series it has not seen yet is shown to it at 0 once, since a counter born at
 * 1 is no increase to {@code rate()}. Thread-safe.
 */
final class Scrapers {

    private static final int KEYS = 64;
    private static final int PORTS = 16;

    /** Scrapers that share an address and a path: each keeps its own connection, and so its own place. */
    private static final class Place {
        private long newest;
        private final Map<Integer, Long> byPort = bounded(PORTS);
    }

    private final Map<String, Place> places = bounded(KEYS);
    private final Map<String, Long> changed = new LinkedHashMap<>();

    /** What the store has of before. */
    synchronized void restore(Map<String, Long> kept) {
        kept.forEach((key, shown) -> places.computeIfAbsent(key, none -> new Place()).newest = shown);
    }

    /**
     * The births that a scraper has been shown before this scrape; those after it are to be shown at 0 now.
     *
     * @param births the births up to now: what it has been shown after this scrape
     * @param stranger the births that a scraper is taken to know which nobody knows yet
     */
    synchronized long shown(Scraper scraper, long births, LongSupplier stranger) {
        String key = scraper.key();
        if (key == null) {
            return births;
        }
        Place place = places.get(key);
        if (place == null) {
            place = new Place();
            place.newest = stranger.getAsLong();
            places.put(key, place);
        }
        // A connection that is new carries on from the last one: scrapers reconnect more often than they multiply.
        long shown = place.byPort.getOrDefault(scraper.port(), place.newest);
        place.byPort.put(scraper.port(), births);
        if (place.newest != births) {
            place.newest = births;
            changed.put(key, births);
        }
        return shown;
    }

    synchronized boolean isChanged() {
        return !changed.isEmpty();
    }

    /** What changed since this was last asked. */
    synchronized Map<String, Long> changes() {
        Map<String, Long> now = Map.copyOf(changed);
        changed.clear();
        return now;
    }

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
