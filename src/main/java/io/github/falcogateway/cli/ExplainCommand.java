package io.github.falcogateway.cli;

import io.github.falcogateway.app.Explainer;
import io.github.falcogateway.codec.Decoded;
import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.config.Loaded;
import io.github.falcogateway.event.Sender;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.host.HostResolver;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Says for each event where it would go and why. Confined to the main thread. */
@CommandLine.Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "For each event read: its host, each route, matched or why not, the sinks it goes to.")
final class ExplainCommand implements Callable<Integer> {

    private static final int MAX_EVENTS = 1_000_000;

    @CommandLine.Mixin
    private final ConfigOption option = new ConfigOption();

    @CommandLine.Parameters(paramLabel = "FILE|-", defaultValue = "-", description = "Events; - is stdin.")
    private String file = "-";

    @CommandLine.Option(names = "--json", description = "One JSON object for each event.")
    private boolean json;

    @CommandLine.Option(names = "--remote", defaultValue = "127.0.0.1", description = "The address they come from.")
    private String remote = "127.0.0.1";

    @Override
    public Integer call() throws IOException {
        Loaded loaded = option.load();
        loaded.problems().forEach(System.err::println);
        GatewayConfig config = loaded.config();
        if (config == null) {
            return 2;
        }
        String fault = InputFile.fault(file);
        if (!fault.isEmpty()) {
            System.err.println(fault);
            return 2;
        }
        byte[] body = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        Decoded decoded = new EventDecoder(MAX_EVENTS).decode(body, Instant.now());
        GatewayConfig.HostNaming naming = config.naming();
        HostResolver hosts =
                new HostResolver(naming.order(), naming.fields(), config.hosts(), naming.node(), address -> null);
        Explainer explainer = new Explainer(hosts, config.routes());
        for (DecodedEvent event : decoded.events()) {
            JsonObject said = explainer.explain(event, Sender.at(Via.HTTP, remote, Instant.now()));
            System.out.println(json ? said.encode() : text(said));
        }
        decoded.rejections().forEach(bad -> System.err.println("event " + bad.index() + " is none: " + bad.detail()));
        return decoded.rejections().isEmpty() ? 0 : 1;
    }

    private static String text(JsonObject said) {
        StringBuilder text = new StringBuilder();
        text.append(said.getString("priority"))
                .append("  ")
                .append(Table.printable(said.getString("rule")))
                .append('\n');
        text.append("  host ").append(Table.printable(said.getString("host")));
        text.append(" (").append(said.getString("host_from")).append(")\n");
        for (Object item : said.getJsonArray("routes")) {
            JsonObject route = (JsonObject) item;
            text.append("  route ").append(route.getString("route")).append(": ");
            if (route.containsKey("failed")) {
                text.append("no, ").append(route.getString("failed"));
                text.append(" is false: ")
                        .append(Table.printable(route.getString("actual")))
                        .append('\n');
            } else {
                text.append(route.getBoolean("matched") ? "yes" : "not tried, " + route.getString("why"))
                        .append('\n');
            }
        }
        text.append(said.getBoolean("unrouted") ? "  no route; default sinks " : "  sinks ");
        return text.append(String.join(
                        ", ",
                        said.getJsonArray("sinks").stream().map(String::valueOf).toList()))
                .toString();
    }
}
