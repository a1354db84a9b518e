package io.github.falcogateway.cli;

import io.github.falcogateway.event.Priority;
import io.github.falcogateway.live.Csv;
import io.github.falcogateway.live.Query;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    @CommandLine.Parameters(
            paramLabel = "FILE",
            description = "Event files and journal dumps, as import reads them; - is stdin.")
    private List<String> files = List.of();

    @CommandLine.Option(
            names = "--by",
            defaultValue = "rule",
            description = "rule, host, priority, source, tag or FIELD.")
    private String by = "rule";

    @CommandLine.Option(names = "--filter", paramLabel = "CONDITION", description = "Only the events that match.")
    private String filter = "";

    @CommandLine.Option(names = "--since", description = "RFC 3339, or how long ago: 30s, 10m, 1h30m, 7d.")
    private String since = "";

    @CommandLine.Option(names = "--until", description = "As --since.")
    private String until = "";

    @CommandLine.ArgGroup
    private @Nullable Form form;

    /** How it is shown; a table without. */
    private static final class Form {

        @CommandLine.Option(names = "--json", description = "One JSON object.")
        private boolean json;

        @CommandLine.Option(names = "--csv", description = "Comma-separated values.")
        private boolean csv;

        @CommandLine.Option(
                names = "--tui",
                description = "Interactive: sort, filter, look into events. ? shows the keys.")
        private boolean tui;
    }

    @Override
    public Integer call() {
        try {
            EventsSource source = source();
            if (form != null && form.tui) {
                return EventsScreen.run(source, by, filter);
            }
            print(source.summary(by, filter));
            return 0;
        } catch (BadCondition bad) {
            System.err.println(bad.getMessage() + bad.place());
            return 2;
        } catch (IllegalArgumentException bad) {
            System.err.println(bad.getMessage());
            return 2;
        } catch (IOException gone) {
            System.err.println(files.isEmpty() ? gateway.unreachable(gone) : gone.getMessage());
            return 1;
        }
    }

    private EventsSource source() {
        Instant now = Instant.now();
        Instant from = time("--since", since, now);
        Instant to = time("--until", until, now);
        if (files.isEmpty()) {
            String fault = gateway.fault();
            if (!fault.isEmpty()) {
                throw new IllegalArgumentException(fault);
            }
            return new GatewayEvents(new GatewayAnswers(gateway), since, until);
        }
        for (String file : files) {
            String fault = InputFile.fault(file);
            if (!fault.isEmpty()) {
                throw new IllegalArgumentException(fault);
            }
        }
        return new FileEvents(files, from, to);
    }

    private static @Nullable Instant time(String option, String text, Instant now) {
        try {
            return Query.time(text, now);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(option + ": " + bad.getMessage(), bad);
        }
    }

    private void print(JsonObject summary) {
        boolean csv = form != null && form.csv;
        if (form != null && form.json) {
            System.out.println(summary.encodePrettily());
            return;
        }
        JsonArray groups = summary.getJsonArray("groups");
        String[] headings = columns("count", "priority", by, "hosts", "first", "last", "fields");
        if (csv) {
            printCsv(headings);
        }
        int fields = headings.length - 1;
        Table table = new Table(Stream.of(headings)
                        .map(heading -> heading.toUpperCase(Locale.ROOT))
                        .toArray(String[]::new))
                .rigid(0, 1, fields - 2, fields - 1)
                .optional(fields, fields - 2, fields - 3);
        for (int i = 0; i < groups.size(); i++) {
            JsonObject group = groups.getJsonObject(i);
            String[] cells = cells(group, csv);
            if (csv) {
                printCsv(cells);
            } else {
                table.add(Priority.parse(group.getString("priority")).orElse(null), cells);
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

    private static void printCsv(String... cells) {
        System.out.println(Stream.of(cells).map(Csv::cell).collect(Collectors.joining(",")));
    }

    /** A row's cells; counted by priority, its worst priority is what it is counted by. */
    private String[] columns(String... cells) {
        List<String> all = new ArrayList<>(List.of(cells));
        if (by.equals("priority")) {
            all.remove(2);
        }
        return all.toArray(String[]::new);
    }

    private String[] cells(JsonObject row, boolean exact) {
        String fields = row.getJsonObject("fields").stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(" "));
        return columns(
                String.valueOf(row.getLong("count")),
                row.getString("priority"),
                row.getString("key"),
                row.getJsonArray("hosts").stream().map(String::valueOf).collect(Collectors.joining(" ")),
                exact ? row.getString("first") : seconds(row.getString("first")),
                exact ? row.getString("last") : seconds(row.getString("last")),
                fields);
    }

    /** A time as people read it in a table: to the second. */
    static String seconds(String time) {
        return time.replaceAll("\\.\\d+Z$", "Z");
    }
}
