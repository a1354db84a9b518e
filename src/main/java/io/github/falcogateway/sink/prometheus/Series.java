package io.github.falcogateway.sink.prometheus;

import io.prometheus.metrics.model.snapshots.Labels;

/** The count of one label set. Counted on one event loop, read by scrapes from any thread. */
final class Series {

    private final SeriesLabels labels;
    private final Labels exporter;
    private final Labels sidekick;
    private final long birth;
    private final long created;
    private volatile Reading reading;
    private boolean changed;
    private long hostMark = NEVER;

    /** Before any time. */
    static final long NEVER = Long.MIN_VALUE / 2;

    /**
     * How far it came. Immutable.
     *
     * @param last when the newest event was counted, in milliseconds; when the series was born, before the first
     * @param event the journal's id of the newest event; 0 before the first
     */
    record Reading(long count, long last, long event) {}

    /**
     * A series.
     *
     * @param birth how many were born up to it, itself included: which of two is younger
     * @param created when, in milliseconds
     */
    Series(SeriesLabels labels, long birth, long created, Reading reading) {
        this.labels = labels;
        this.exporter = labels.exporter();
        this.sidekick = labels.sidekick();
        this.birth = birth;
        this.created = created;
        this.reading = reading;
    }

    /** Counts an event; true for the first one since {@link #kept}. */
    boolean count(long event, long now) {
        reading = new Reading(reading.count() + 1, now, event);
        boolean first = !changed;
        changed = true;
        return first;
    }

    /** Its count is on its way to the store. */
    void kept() {
        changed = false;
    }

    /** When its host was marked, as far as this series was told, in milliseconds; {@link #NEVER} before. */
    long hostMark() {
        return hostMark;
    }

    void hostMark(long when) {
        hostMark = when;
    }

    SeriesLabels labels() {
        return labels;
    }

    Labels exporter() {
        return exporter;
    }

    Labels sidekick() {
        return sidekick;
    }

    long birth() {
        return birth;
    }

    long created() {
        return created;
    }

    Reading reading() {
        return reading;
    }
}
