package io.github.falcogateway.cli;

import io.github.falcogateway.codec.Decoded;
import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.JournalLine;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.filter.FilterException;
import io.github.falcogateway.live.Aggregate;
import io.github.falcogateway.live.Query;
import io.github.falcogateway.live.SummaryApi;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The events of files, as import reads them; read anew for each question. Confined to one command. */
final class FileEvents implements EventsSource {

    private static final EventDecoder DECODER = new EventDecoder(1);

    private final List<String> files;
    private final @Nullable Instant since;
    private final @Nullable Instant until;
    /** What stdin held: it can be read only once. */
    private @Nullable List<String> stdin;

    FileEvents(List<String> files, @Nullable Instant since, @Nullable Instant until) {
        this.files = files;
        this.since = since;
        this.until = until;
    }

    @Override
    public JsonObject summary(String by, String condition) throws IOException {
        Aggregate counts = counting(by);
        read(condition, (event, line) -> counts.add(event));
        return SummaryApi.json(by, counts).put("complete", true);
    }

    private static Aggregate counting(String by) {
        try {
            return new Aggregate(by);
        } catch (FilterException noField) {
            throw new IllegalArgumentException("--by: " + noField.getMessage(), noField);
        }
    }

    @Override
    public List<JsonObject> events(String condition, int max) throws IOException {
        Deque<JsonObject> newest = new ArrayDeque<>();
        read(condition, (event, line) -> {
            newest.addFirst(new JsonObject(line).put("hostname", event.host()));
            if (newest.size() > max) {
                newest.removeLast();
            }
        });
        return new ArrayList<>(newest);
    }

    private void read(String condition, BiConsumer<FalcoEvent, String> each) throws IOException {
        Query query = query(condition);
        Instant now = Instant.now();
        for (String file : files) {
            if (file.equals("-") && stdin != null) {
                stdin.forEach(line -> take(line, now, query, each));
                continue;
            }
            List<String> kept = file.equals("-") ? new ArrayList<>() : null;
            try (EventSource source = EventSource.open(file)) {
                for (String line = source.next(); line != null; line = source.next()) {
                    take(line, now, query, each);
                    if (kept != null) {
                        kept.add(line);
                    }
                }
            }
            stdin = kept == null ? stdin : kept;
        }
    }

    private Query query(String condition) {
        try {
            return new Query(Query.filter(condition), since, until);
        } catch (FilterException bad) {
            String what = bad.getMessage() + " (at character " + bad.at() + ")";
            throw new BadCondition(what, bad.suggestion(), condition, bad.at());
        }
    }

    private static void take(String line, Instant now, Query query, BiConsumer<FalcoEvent, String> each) {
        JournalLine entry = EventSource.read(line);
        Decoded decoded = entry == null ? null : DECODER.decode(entry.event().getBytes(StandardCharsets.UTF_8), now);
        if (entry == null || decoded == null || decoded.events().isEmpty()) {
            return;
        }
        FalcoEvent event = event(decoded.events().get(0), entry);
        if (query.takes(event)) {
            each.accept(event, entry.event());
        }
    }

    /** In a file an event's own time is the time it came in. */
    private static FalcoEvent event(DecodedEvent one, JournalLine line) {
        String claimed = one.event().hostname();
        String host = claimed != null ? claimed : line.host() == null ? "" : line.host();
        String from = claimed != null ? "claimed" : "journal";
        Instant time = one.event().time();
        return one.event().from(new Provenance(Via.IMPORT, host, from, null, "", Map.of(), "", time));
    }
}
