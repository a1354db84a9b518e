package io.github.falcogateway.sink;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.RuleSet;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.rule.Silence;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** People before a sink, with a clock of the test's and a store that is lost in no crash. Confined to one test. */
final class Crowd {

    private final FloodOptions options;
    private final Map<String, Buffer> store = new HashMap<>();
    private final List<Delivery> journal = new ArrayList<>();
    final List<Silence> silences = new ArrayList<>();
    final Telemetry telemetry = new Telemetry("t");
    private RuleTable table;
    private int seen;
    private int kept;
    private long saves;
    Notices notices;
    Instant now = Instant.parse("2026-11-24T10:00:00Z");

    Crowd(FloodOptions options, List<Route> routes) throws Exception {
        this.options = options;
        table = table(routes);
        notices = fresh();
    }

    private static RuleTable table(List<Route> routes) throws Exception {
        return RuleTable.compile(new RuleSet(Map.of(), Map.of(), routes, List.of("s"), Set.of("s")));
    }

    /** The routes are these from now on. */
    void reload(List<Route> routes) throws Exception {
        table = table(routes);
    }

    RuleTable table() {
        return table;
    }

    /** Events come in, and what is due is decided. */
    void take(List<Delivery> deliveries) {
        journal.addAll(deliveries);
        sift();
    }

    void sift() {
        Backlog backlog = new Backlog(() -> new Limit(Integer.MAX_VALUE, Long.MAX_VALUE), 0, 0);
        List<Delivery> rest = journal.subList(seen, journal.size());
        long last = rest.isEmpty() ? 0 : rest.get(rest.size() - 1).event().id();
        backlog.fill(List.copyOf(rest), last);
        notices.sift(backlog, now);
        seen = journal.size();
    }

    /** Keeps what changed together with the place. */
    void save() {
        notices.changes().forEach((name, note) -> {
            if (note.length() == 0) {
                store.remove(name);
            } else {
                store.put(name, note.copy());
            }
        });
        kept = seen;
        saves++;
    }

    /** Ends without a word and starts anew from what was kept. */
    void crash() {
        notices = fresh();
        notices.restore(Map.copyOf(store));
        seen = kept;
    }

    /** What is kept in notes of a name and a number is kept in one of the name alone, as an older version did. */
    void keepTogether(String name) {
        JsonArray all = new JsonArray();
        NavigableMap<Long, Buffer> each = new TreeMap<>();
        store.forEach((note, value) -> {
            if (note.startsWith(name + " ")) {
                each.put(Long.parseLong(note.substring(name.length() + 1)), value);
            }
        });
        each.values().forEach(value -> all.add(new JsonObject(value)));
        store.keySet().removeIf(note -> note.startsWith(name + " "));
        store.put(name, all.toBuffer());
    }

    /** The bytes that are kept in notes whose names begin so. */
    long kept(String prefix) {
        return store.entrySet().stream()
                .filter(note -> note.getKey().startsWith(prefix))
                .mapToLong(note -> note.getValue().length())
                .sum();
    }

    Outbox outbox() {
        return (Outbox) notices.waiting(new Backlog(() -> Limit.of(1), 0, 0));
    }

    @SuppressWarnings("NullAway")
    private Notices fresh() {
        SinkContext on = new SinkContext(
                null,
                null,
                id -> table,
                () -> List.copyOf(silences),
                new KeptReader(),
                null,
                telemetry.routes(),
                () -> Limit.of(1),
                Clock.systemUTC());
        return new Notices(options, on);
    }
}
