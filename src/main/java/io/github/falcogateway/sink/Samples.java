package io.github.falcogateway.sink;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.rule.EventKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One message of each form that people may get, for a trial of how they look. Immutable. */
public final class Samples {

    private static final String ROUTE = "sample";

    private final List<JournaledEvent> events;

    private Samples(List<JournaledEvent> events) {
        this.events = events;
    }

    /** A message of each form about these events, at least one. */
    public static List<Delivery> of(List<JournaledEvent> events) {
        return new Samples(events).all();
    }

    private List<Delivery> all() {
        JournaledEvent first = events.get(0);
        Instant time = first.event().time();
        List<Delivery> samples = new ArrayList<>();
        samples.add(new Delivery(first, ROUTE));
        samples.add(together(Form.GROUP, "group", "Reminder: 412 in all since " + time.minus(Duration.ofHours(4))));
        samples.add(together(Form.HELD, "throttle", ""));
        samples.add(together(Form.STORM, "storm", ""));
        samples.add(together(Form.DIGEST, "digest", ""));
        samples.add(together(Form.SILENCE, "silence", "Silence 7 of ann (deploy) is over; it held these back"));
        String word = "status 404: there is no such webhook or thread. Its events are kept.";
        samples.add(new Delivery(first, ROUTE, Summary.notice(time, Priority.CRITICAL, word)));
        return samples;
    }

    private Delivery together(Form form, String why, String note) {
        boolean listed = form == Form.STORM || form == Form.SILENCE;
        Tally tally = new Tally(EventKey.of(List.of("rule", "host")), listed, new Memory());
        for (JournaledEvent event : events) {
            tally.add(event, why);
        }
        Summary summary = Objects.requireNonNull(tally.summary(form));
        JournaledEvent newest = events.get(events.size() - 1);
        String filter = new Keys().condition(List.of("host", "rule"), newest.event());
        return new Delivery(newest, ROUTE, summary.with(filter, note));
    }
}
