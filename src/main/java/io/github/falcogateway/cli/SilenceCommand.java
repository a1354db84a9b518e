package io.github.falcogateway.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Adds, lists and ends silences of the running gateway. Confined to the main thread. */
@CommandLine.Command(
        name = "silence",
        mixinStandardHelpOptions = true,
        description = "What people are not told for a while; it is kept and counted all the same.",
        subcommands = {SilenceCommand.Add.class, SilenceCommand.Listing.class, SilenceCommand.Expire.class})
final class SilenceCommand implements Runnable {

    private static final String PATH = "/api/silences";

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "say add, list or expire");
        }
    }

    /** One that begins. */
    @CommandLine.Command(name = "add", mixinStandardHelpOptions = true, description = "Adds a silence, prints its id.")
    static final class Add implements Callable<Integer> {

        private static final Pattern PART = Pattern.compile("(\\d{1,6})([smhdw])");

        @CommandLine.Mixin
        private final GatewayOption gateway = new GatewayOption();

        @CommandLine.Parameters(paramLabel = "CONDITION", description = "Which events, such as: host = web-1")
        private String condition = "";

        @CommandLine.Option(names = "--author", description = "Who asks for it. Default this user.")
        // $USER is unset under cron, in services and containers.
        private String author = System.getProperty("user.name", "");

        @CommandLine.Option(names = "--comment", required = true, description = "Why.")
        private String comment = "";

        @CommandLine.Option(names = "--start", paramLabel = "TIME", description = "RFC 3339. Default now.")
        private @Nullable String start;

        @CommandLine.ArgGroup(multiplicity = "1")
        private End end = new End();

        /** When it ends, which every silence does. */
        static final class End {
            @CommandLine.Option(names = "--end", paramLabel = "TIME", description = "RFC 3339.")
            private @Nullable String end;

            @CommandLine.Option(names = "--for", paramLabel = "DURATION", description = "Such as 30m, 4h, 2d.")
            private @Nullable String lasting;
        }

        @Override
        public Integer call() {
            Instant from = Instant.now();
            Duration lasting = end.lasting == null ? null : duration(end.lasting);
            if (end.lasting != null && lasting == null) {
                System.err.println("--for must be a duration such as 30m, 4h, 2d");
                return 2;
            }
            if (lasting != null && start != null) {
                System.err.println("--for counts from now: with --start say --end");
                return 2;
            }
            JsonObject wanted = new JsonObject()
                    .put("condition", condition)
                    .put("author", author)
                    .put("comment", comment)
                    .put("end", lasting == null ? end.end : from.plus(lasting).toString());
            if (start != null) {
                wanted.put("start", start);
            }
            return ask(
                    gateway,
                    () -> gateway.request(PATH)
                            .header("Content-Type", "application/json")
                            .post(wanted.encode().getBytes(StandardCharsets.UTF_8)),
                    said -> System.out.println(said.getString("id")));
        }

        private static @Nullable Duration duration(String text) {
            Matcher part = PART.matcher(text);
            Duration sum = Duration.ZERO;
            int at = 0;
            while (part.find() && part.start() == at) {
                long count = Long.parseLong(part.group(1));
                sum = sum.plus(
                        switch (part.group(2)) {
                            case "s" -> Duration.ofSeconds(count);
                            case "m" -> Duration.ofMinutes(count);
                            case "h" -> Duration.ofHours(count);
                            case "d" -> Duration.ofDays(count);
                            default -> Duration.ofDays(7 * count);
                        });
                at = part.end();
            }
            return at == text.length() && at > 0 ? sum : null;
        }
    }

    /** All of them. */
    @CommandLine.Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Shows the silences, with what each held back.")
    static final class Listing implements Callable<Integer> {

        @CommandLine.Mixin
        private final GatewayOption gateway = new GatewayOption();

        @CommandLine.Option(names = "--all", description = "Also those that are over.")
        private boolean all;

        @CommandLine.Option(names = "--json", description = "As the gateway tells them.")
        private boolean json;

        @Override
        public Integer call() {
            return ask(gateway, () -> gateway.request(PATH).get(), this::show);
        }

        private void show(JsonObject said) {
            if (json) {
                System.out.println(said.encodePrettily());
                return;
            }
            JsonArray silences = said.getJsonArray("silences");
            Table table = new Table("ID", "STATE", "END", "HELD", "AUTHOR", "COMMENT", "CONDITION");
            for (int i = 0; i < silences.size(); i++) {
                JsonObject one = silences.getJsonObject(i);
                if (all || !one.getString("state").equals("expired")) {
                    table.add(List.of("id", "state", "end", "held", "author", "comment", "condition").stream()
                            .map(key -> String.valueOf(one.getValue(key)))
                            .toArray(String[]::new));
                }
            }
            table.print();
        }
    }

    /** One that ends. */
    @CommandLine.Command(name = "expire", mixinStandardHelpOptions = true, description = "Ends a silence now.")
    static final class Expire implements Callable<Integer> {

        @CommandLine.Mixin
        private final GatewayOption gateway = new GatewayOption();

        @CommandLine.Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        public Integer call() {
            String path = PATH + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
            return ask(gateway, () -> gateway.request(path).delete(), said -> {});
        }
    }

    private interface Asking {
        GatewayRequest.Answer answer() throws IOException;
    }

    private interface Answered {
        void with(JsonObject said);
    }

    private static int ask(GatewayOption gateway, Asking asking, Answered answered) {
        try {
            GatewayRequest.Answer answer = asking.answer();
            JsonObject said = answer.body().isBlank() ? new JsonObject() : new JsonObject(answer.body());
            if (answer.status() / 100 != 2) {
                System.err.println(said.getString("detail", "status " + answer.status()));
                return answer.status() == 400 ? 2 : 1;
            }
            answered.with(said);
            return 0;
        } catch (IOException gone) {
            System.err.println(gateway.unreachable(gone));
            return 1;
        } catch (IllegalArgumentException | DecodeException bad) {
            System.err.println("that is no gateway: " + bad.getMessage());
            return 2;
        }
    }
}
