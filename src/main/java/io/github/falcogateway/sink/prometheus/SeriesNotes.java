package io.github.falcogateway.sink.prometheus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The series as the store keeps them: a note for each series, host and scraper. Immutable. */
final class SeriesNotes {

    private static final Logger LOG = LoggerFactory.getLogger(SeriesNotes.class);
    private static final String SERIES = "series:";
    private static final String HOST = "host:";
    private static final String SCRAPER = "scraper:";
    private static final String TOTALS = "totals";
    private static final Buffer NONE = Buffer.buffer();

    /**
     * What was kept.
     *
     * @param scrapers the births each scraper was shown, by its key
     */
    record Kept(List<Series> series, Map<String, Long> hosts, Map<String, Long> scrapers, long dropped) {

        /** The most births that anything kept knows of. */
        long births() {
            return scrapers.values().stream().mapToLong(Long::longValue).max().orElse(0);
        }
    }

    /**
     * What is to be kept.
     *
     * @param hosts when each was seen; -1 for one to forget
     */
    record Changes(List<Series> counted, Set<SeriesLabels> gone, Map<String, Long> hosts, long dropped) {}

    private SeriesNotes() {}

    static Map<String, Buffer> write(Changes changes, Map<String, Long> scrapers) {
        Map<String, Buffer> notes = new LinkedHashMap<>();
        for (Series series : changes.counted()) {
            Series.Reading reading = series.reading();
            notes.put(
                    SERIES + series.labels().text(),
                    new JsonObject()
                            .put("count", reading.count())
                            .put("last", reading.last())
                            .put("event", reading.event())
                            .put("birth", series.birth())
                            .put("created", series.created())
                            .toBuffer());
        }
        changes.gone().forEach(labels -> notes.put(SERIES + labels.text(), NONE));
        changes.hosts()
                .forEach((host, seen) -> notes.put(HOST + host, seen < 0 ? NONE : Buffer.buffer(Long.toString(seen))));
        scrapers.forEach((key, shown) -> notes.put(SCRAPER + key, Buffer.buffer(Long.toString(shown))));
        if (!changes.gone().isEmpty()) {
            notes.put(TOTALS, new JsonObject().put("dropped", changes.dropped()).toBuffer());
        }
        return notes;
    }

    /** Reads what was kept; one note that cannot be read is told and left out. */
    static Kept read(Map<String, Buffer> notes) {
        List<Series> series = new ArrayList<>();
        Map<String, Long> hosts = new HashMap<>();
        Map<String, Long> scrapers = new HashMap<>();
        long dropped = 0;
        for (Map.Entry<String, Buffer> note : notes.entrySet()) {
            String name = note.getKey();
            try {
                if (name.startsWith(SERIES)) {
                    series.add(series(name.substring(SERIES.length()), note.getValue()));
                } else if (name.startsWith(HOST)) {
                    hosts.put(name.substring(HOST.length()), number(note.getValue()));
                } else if (name.startsWith(SCRAPER)) {
                    scrapers.put(name.substring(SCRAPER.length()), number(note.getValue()));
                } else if (name.equals(TOTALS)) {
                    dropped = new JsonObject(note.getValue()).getLong("dropped", 0L);
                }
            } catch (DecodeException | ClassCastException | NullPointerException | NumberFormatException damaged) {
                LOG.warn("the kept count {} cannot be read and is left out: {}", name, damaged.toString());
            }
        }
        return new Kept(series, hosts, scrapers, dropped);
    }

    private static Series series(String labels, Buffer note) {
        JsonObject kept = new JsonObject(note);
        Series.Reading reading = new Series.Reading(kept.getLong("count"), kept.getLong("last"), kept.getLong("event"));
        return new Series(SeriesLabels.parse(labels), kept.getLong("birth"), kept.getLong("created"), reading);
    }

    private static long number(Buffer note) {
        return Long.parseLong(note.toString());
    }
}
