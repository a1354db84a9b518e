package io.github.falcogateway.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * The table in force, and those before it for the events that sinks still have to deliver. Without them an event could
 * come to no sink, where the sink of the old table is behind and that of the new one has passed it. Thread-safe.
 */
public final class TableHistory implements Tables {

    /** Older ones give way to the oldest that is kept. */
    private static final int KEPT = 16;

    private record Epoch(long after, RuleTable table) {}

    /** The newest first, never empty. */
    private volatile List<Epoch> epochs;

    private volatile long dispatched = Long.MIN_VALUE;

    /** A history that begins with one table. */
    public TableHistory(RuleTable first) {
        epochs = List.of(new Epoch(Long.MIN_VALUE, first));
    }

    /** The events up to this one are routed by the tables that there are; not by two threads at a time. */
    public void dispatched(long id) {
        dispatched = id;
    }

    @Override
    public long certain() {
        return dispatched;
    }

    /** Takes a table for the events that are not dispatched yet; on the thread that dispatches. */
    public void take(RuleTable next) {
        List<Epoch> grown = new ArrayList<>(List.of(new Epoch(dispatched, next)));
        grown.addAll(epochs.subList(0, Math.min(epochs.size(), KEPT - 1)));
        epochs = List.copyOf(grown);
    }

    @Override
    public RuleTable at(long id) {
        List<Epoch> all = epochs;
        for (Epoch epoch : all) {
            if (epoch.after() < id) {
                return epoch.table();
            }
        }
        return all.get(all.size() - 1).table();
    }
}
