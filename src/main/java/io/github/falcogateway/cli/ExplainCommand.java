package io.github.falcogateway.cli;

import io.github.falcogateway.app.Explainer;
import io.github.falcogateway.codec.Decoded;
import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.JournalLine;
import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.config.Loaded;
import io.github.falcogateway.event.Sender;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.host.HostResolver;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @CommandLine.Parameters(
            paramLabel = "FILE|-",
            arity = "0..1",
            defaultValue = "-",
            description = "Events, as import reads them; - is stdin.")
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
        GatewayConfig.HostNaming naming = config.naming();
        HostResolver hosts =
                new HostResolver(naming.order(), naming.fields(), config.hosts(), naming.node(), address -> null);
        Explainer explainer = new Explainer(hosts, config.routes());
        Decoded whole = decode(body);
        return whole.rejections().isEmpty() ? say(whole, null, explainer) : lines(body, whole, explainer);
    }

    private static Decoded decode(byte[] body) {
        return new EventDecoder(MAX_EVENTS).decode(body, Instant.now());
    }

    /** What is not events from end to end may be a journal's dump, compressed, or have other lines between. */
    private int lines(byte[] body, Decoded whole, Explainer explainer) throws IOException {
        int code = 0;
        int said = 0;
        int skipped = 0;
        try (EventSource source = EventSource.of(file, new ByteArrayInputStream(body))) {
            for (String line = source.next(); line != null; line = source.next()) {
                JournalLine entry = EventSource.read(line);
                if (entry == null) {
                    skipped += line.isBlank() ? 0 : 1;
                    continue;
                }
                code |= say(decode(entry.event().getBytes(StandardCharsets.UTF_8)), entry.host(), explainer);
                said++;
            }
        } catch (InputFile.Broken broken) {
            System.err.println(broken.getMessage());
            return 1;
        }
        if (said == 0) {
            return say(whole, null, explainer);
        }
        if (skipped > 0) {
            System.err.println(skipped + " lines skipped that are no events");
        }
        return code;
    }

    private int say(Decoded decoded, @Nullable String journal, Explainer explainer) {
        Instant now = Instant.now();
        Sender sender = journal == null
                ? Sender.at(Via.HTTP, remote, now)
                : new Sender(Via.IMPORT, remote, null, null, null, journal, null, now);
        for (DecodedEvent event : decoded.events()) {
            JsonObject said = explainer.explain(event, sender);
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
        if (said.getJsonArray("sinks").isEmpty()) {
            return text.append("none: dropped").toString();
        }
        return text.append(String.join(
                        ", ",
                        said.getJsonArray("sinks").stream().map(String::valueOf).toList()))
                .toString();
    }
}
