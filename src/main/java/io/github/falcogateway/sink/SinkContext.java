package io.github.falcogateway.sink;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.journal.Store;
import io.github.falcogateway.rule.Silence;
import io.github.falcogateway.rule.Tables;
import io.github.falcogateway.telemetry.RouteMeters;
import io.github.falcogateway.telemetry.SinkMeters;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a sink's verticle stands on. Immutable.
 *
 * @param journal where events are read that came while the sink was busy or away
 * @param store where its place is kept
 * @param table the rule tables, for each event the one that was in force when it came
 * @param silences of what people are not told now
 * @param events reads what was kept with its place
 * @param meters its accounting
 * @param routeMeters where it counts what it holds back
 * @param room how much of what comes live it may hold while it is busy
 * @param clock for ages
 */
public record SinkContext(
        Journal journal,
        Store store,
        Tables table,
        Supplier<List<Silence>> silences,
        EventReader events,
        SinkMeters meters,
        RouteMeters routeMeters,
        Supplier<Limit> room,
        Clock clock) {}
