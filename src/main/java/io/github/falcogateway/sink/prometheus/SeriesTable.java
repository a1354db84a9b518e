package io.github.falcogateway.sink.prometheus;

import io.github.falcogateway.event.JournaledEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All series and the hosts they are of: bounded, born at 0, dropped when idle. Changed on one event loop; {@link #all},
 * {@link #births} and the totals are read from any thread.
 */
final class SeriesTable {

    /** What a host's own mark in the store may be behind: it serves to forget hosts after weeks. */
    private static final long HOST_MARK_MS = Duration.ofHours(1).toMillis();

    private static final int JOINED = 1000;

    private final PrometheusOptions options;
    private final Map<SeriesLabels, Series> series = new ConcurrentHashMap<>();
    /** When each was marked, the oldest first: no more than series, as a mark serves for series at 0. */
    private final Map<String, Long> hosts = new LinkedHashMap<>();

    private final Set<SeriesLabels> known = new HashSet<>();
    private List<KnownRule> rules = List.of();
    private volatile @Nullable Series other;
    private volatile long births;
    private volatile long dropped;

    private final Map<List<String>, String> joined = new HashMap<>();
    private final Set<Series> counted = new HashSet<>();
    private final Set<SeriesLabels> gone = new HashSet<>();
    private final Set<String> marked = new HashSet<>();

    SeriesTable(PrometheusOptions options) {
        this.options = options;
    }

    /** Counts one event. */
    void count(JournaledEvent journaled, long now) {
        SeriesLabels labels =
                SeriesLabels.of(journaled.event(), joined(journaled.event().tags()));
        Series found = series.get(labels);
        if (found == null || now - found.hostMark() >= HOST_MARK_MS) {
            long mark = seen(labels.hostname(), now);
            found = series.get(labels);
            if (found == null) {
                found = series.size() < options.maxSeries() ? born(labels, now) : overflow(now);
            }
            if (found.labels().hostname().equals(labels.hostname())) {
                found.hostMark(mark);
            }
        }
        if (found.count(journaled.id(), now)) {
            counted.add(found);
        }
    }

    /** The rules that may fire: each has a series on each host from now on, as long as half the room lasts. */
    void expect(List<KnownRule> wanted, long now) {
        if (wanted.equals(rules)) {
            return;
        }
        rules = List.copyOf(wanted);
        Set<SeriesLabels> before = Set.copyOf(known);
        known.clear();
        hosts.keySet().forEach(host -> expectOn(host, now));
        for (SeriesLabels labels : before) {
            Series old = series.get(labels);
            if (!known.contains(labels) && old != null && old.reading().count() == 0) {
                series.remove(labels);
            }
        }
    }

    /** Drops the series of pods, and of hosts, that were silent for too long. */
    void expire(long now) {
        long pod = options.idle().toMillis();
        if (pod <= 0) {
            return;
        }
        long host = pod * PrometheusOptions.HOST_FACTOR;
        forgetHosts(now - host);
        for (Series one : series.values()) {
            long limit = one.labels().isPod() ? pod : host;
            if (now - one.reading().last() > limit && !known.contains(one.labels())) {
                drop(one);
            }
        }
    }

    private void forgetHosts(long before) {
        Set<String> silent = new HashSet<>();
        for (Map.Entry<String, Long> oldest : hosts.entrySet()) {
            if (oldest.getValue() >= before) {
                break;
            }
            silent.add(oldest.getKey());
        }
        if (!silent.isEmpty()) {
            for (Series one : series.values()) {
                if (silent.contains(one.labels().hostname())) {
                    one.hostMark(Series.NEVER);
                }
            }
            hosts.keySet().removeAll(silent);
            marked.addAll(silent);
            known.removeIf(labels -> silent.contains(labels.hostname()));
        }
    }

    /** Takes back what the store has; call it before anything else. */
    void restore(SeriesNotes.Kept kept, long now) {
        kept.series().forEach(one -> {
            if (one.labels().equals(SeriesLabels.OTHER)) {
                other = one;
            } else {
                series.put(one.labels(), one);
            }
            births = Math.max(births, one.birth());
        });
        births = Math.max(births, kept.births());
        dropped = kept.dropped();
        List<String> oldestFirst = kept.hosts().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
        int over = Math.max(0, oldestFirst.size() - options.maxSeries());
        marked.addAll(oldestFirst.subList(0, over));
        for (String host : oldestFirst.subList(over, oldestFirst.size())) {
            hosts.put(host, kept.hosts().get(host));
            expectOn(host, now);
        }
    }

    boolean isChanged() {
        return !counted.isEmpty() || !gone.isEmpty() || !marked.isEmpty();
    }

    /** What changed since this was last asked. */
    SeriesNotes.Changes changes() {
        Map<String, Long> marks = new HashMap<>();
        marked.forEach(host -> marks.put(host, hosts.getOrDefault(host, -1L)));
        // A label set may be dropped and born again in between.
        gone.removeIf(series::containsKey);
        SeriesNotes.Changes changes = new SeriesNotes.Changes(List.copyOf(counted), Set.copyOf(gone), marks, dropped);
        counted.forEach(Series::kept);
        counted.clear();
        gone.clear();
        marked.clear();
        return changes;
    }

    /** Every series, that of all others too. */
    Collection<Series> all() {
        Series rest = other;
        if (rest == null) {
            return series.values();
        }
        List<Series> all = new ArrayList<>(series.values());
        all.add(rest);
        return all;
    }

    /** How many series were ever born. */
    long births() {
        return births;
    }

    /** How many series were dropped. */
    long dropped() {
        return dropped;
    }

    /** How many events were counted in the series of all others. */
    long overflowed() {
        Series rest = other;
        return rest == null ? 0 : rest.reading().count();
    }

    /** The tags as a label; what is the same for every event of a rule is put together once. */
    private String joined(List<String> tags) {
        if (!options.tags()) {
            return "";
        }
        if (joined.size() > JOINED) {
            joined.clear();
        }
        return joined.computeIfAbsent(tags, SeriesLabels::joined);
    }

    /** Marks a host that was not marked for a while. Returns when it was marked last, {@link Series#NEVER} without room for it. */
    private long seen(String host, long now) {
        Long before = hosts.get(host);
        if (before == null ? hosts.size() >= options.maxSeries() : now - before < HOST_MARK_MS) {
            return before == null ? Series.NEVER : before;
        }
        hosts.remove(host);
        hosts.put(host, now);
        marked.add(host);
        if (before == null) {
            expectOn(host, now);
        }
        return now;
    }

    private void expectOn(String host, long now) {
        for (KnownRule rule : rules) {
            SeriesLabels labels = SeriesLabels.of(rule, host, options.tags());
            if (series.containsKey(labels)) {
                known.add(labels);
            } else if (series.size() < options.maxSeries() / 2) {
                known.add(labels);
                born(labels, now);
            }
        }
    }

    private Series overflow(long now) {
        Series rest = other;
        if (rest == null) {
            rest = make(SeriesLabels.OTHER, now);
            other = rest;
        }
        return rest;
    }

    private Series born(SeriesLabels labels, long now) {
        Series made = make(labels, now);
        series.put(labels, made);
        return made;
    }

    private Series make(SeriesLabels labels, long now) {
        // The number first: a scrape that sees the series must not think it older than it is.
        Series made = new Series(labels, births + 1, now, new Series.Reading(0, now, 0));
        births = made.birth();
        return made;
    }

    private void drop(Series one) {
        series.remove(one.labels());
        counted.remove(one);
        gone.add(one.labels());
        dropped++;
    }
}
