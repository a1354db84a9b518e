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
import io.github.falcogateway.live.Csv;
import io.github.falcogateway.live.Query;
import io.github.falcogateway.live.SummaryApi;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Counts events by a field, out of files or of the running gateway. Confined to the main thread. */
@CommandLine.Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description =
                "The event browser: counts events by a field, out of files or, without FILE, of the running gateway.")
final class EventsCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private final GatewayOption gateway = new GatewayOption();

    @CommandLine.Parameters(paramLabel = "FILE", description = "Event files and journal dumps, as import reads them.")
    private List<String> files = List.of();

    @CommandLine.Option(
            names = "--by",
            defaultValue = "rule",
            description = "rule, host, priority, source, tag or FIELD.")
    private String by = "rule";

    @CommandLine.Option(names = "--filter", paramLabel = "CONDITION", description = "Only the events that match.")
    private @Nullable String filter;

    @CommandLine.Option(names = "--since", description = "RFC 3339, or how long ago: 30s, 10m, 2h, 7d.")
    private @Nullable String since;

    @CommandLine.Option(names = "--until", description = "As --since.")
    private @Nullable String until;

    @CommandLine.Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @CommandLine.Option(names = "--csv", description = "Comma-separated values.")
    private boolean csv;

    @Override
    public Integer call() throws InterruptedException {
        try {
            JsonObject summary = files.isEmpty() ? ask() : read();
            if (summary == null) {
                return 1;
            }
            print(summary);
            return 0;
        } catch (FilterException bad) {
            System.err.println("--filter or --by: " + bad.getMessage());
            return 2;
        } catch (IllegalArgumentException bad) {
            System.err.println(bad.getMessage());
            return 2;
        } catch (IOException gone) {
            System.err.println(files.isEmpty() ? gateway.unreachable(gone) : gone.getMessage());
            return 1;
        }
    }

    private @Nullable JsonObject ask() throws IOException, InterruptedException {
        StringBuilder path = new StringBuilder("/api/summary?by=").append(encoded(by));
        if (filter != null) {
            path.append("&filter=").append(encoded(filter));
        }
        if (since != null) {
            path.append("&since=").append(encoded(since));
        }
        if (until != null) {
            path.append("&until=").append(encoded(until));
        }
        HttpResponse<String> answer =
                gateway.send(gateway.request(path.toString()).GET().build());
        try {
            JsonObject said = new JsonObject(answer.body());
            if (answer.statusCode() == 200) {
                return said;
            }
            System.err.println(said.getString("detail", "status " + answer.statusCode()));
        } catch (DecodeException noGateway) {
            System.err.println("that is no gateway: status " + answer.statusCode());
        }
        return null;
    }

    private JsonObject read() throws IOException {
        Instant now = Instant.now();
        Query query = new Query(Query.filter(filter), Query.time(since, now), Query.time(until, now));
        Aggregate counts = new Aggregate(by);
        EventDecoder decoder = new EventDecoder(1);
        for (String file : files) {
            if (!file.equals("-") && !Files.isReadable(Path.of(file))) {
                throw new IllegalArgumentException(file + " cannot be read");
            }
            try (EventSource source = EventSource.open(file)) {
                for (String line = source.next(); line != null; line = source.next()) {
                    JournalLine entry = EventSource.read(line);
                    FalcoEvent event = entry == null ? null : event(decoder, entry, now);
                    if (event != null && query.takes(event)) {
                        counts.add(event);
                    }
                }
            }
        }
        return SummaryApi.json(by, counts).put("complete", true);
    }

    /** In a file an event's own time is the time it came in. */
    private static @Nullable FalcoEvent event(EventDecoder decoder, JournalLine line, Instant now) {
        Decoded decoded = decoder.decode(line.event().getBytes(StandardCharsets.UTF_8), now);
        if (decoded.events().isEmpty()) {
            return null;
        }
        DecodedEvent one = decoded.events().get(0);
        String claimed = one.event().hostname();
        String host = claimed != null ? claimed : line.host() == null ? "" : line.host();
        return one.event()
                .from(new Provenance(
                        Via.IMPORT,
                        host,
                        "journal",
                        null,
                        "",
                        Map.of(),
                        "",
                        one.event().time()));
    }

    private void print(JsonObject summary) {
        if (json) {
            System.out.println(summary.encodePrettily());
            return;
        }
        Table table = new Table(
                "COUNT", "PRIORITY", by.toUpperCase(java.util.Locale.ROOT), "HOSTS", "FIRST", "LAST", "FIELDS");
        if (csv) {
            System.out.println("count,priority," + Csv.cell(by) + ",hosts,first,last,fields");
        }
        JsonArray groups = summary.getJsonArray("groups");
        for (int i = 0; i < groups.size(); i++) {
            String[] cells = cells(groups.getJsonObject(i));
            if (csv) {
                System.out.println(List.of(cells).stream().map(Csv::cell).collect(Collectors.joining(",")));
            } else {
                table.add(cells);
            }
        }
        if (!csv) {
            table.print();
        }
        if (!summary.getBoolean("complete", true)) {
            System.err.println(
                    "only the newest " + summary.getInteger("scanned") + " events were looked at: use --since");
        }
    }

    private static String[] cells(JsonObject row) {
        String fields = row.getJsonObject("fields").stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(" "));
        return new String[] {
            String.valueOf(row.getLong("count")),
            row.getString("priority"),
            row.getString("key"),
            row.getJsonArray("hosts").stream().map(String::valueOf).collect(Collectors.joining(" ")),
            row.getString("first"),
            row.getString("last"),
            fields
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
