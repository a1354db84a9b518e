package io.github.falcogateway.sink;

import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.Store;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.telemetry.SinkMeters;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What a sink's verticle stands on. Immutable.
 *
 * @param journal where events are read that came while the sink was busy or away
 * @param store where its place is kept
 * @param table the rule table of now
 * @param meters its accounting
 * @param clock for ages
 */
public record SinkContext(Journal journal, Store store, Supplier<RuleTable> table, SinkMeters meters, Clock clock) {}
