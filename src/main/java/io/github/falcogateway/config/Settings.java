package io.github.falcogateway.config;

import io.github.falcogateway.event.Network;
import io.github.falcogateway.host.HostSource;
import io.github.falcogateway.intake.IntakeOptions;
import io.github.falcogateway.journal.JournalOptions;
import io.github.falcogateway.sink.FloodOptions;
import io.github.falcogateway.sink.SinkOptions;
import io.github.falcogateway.sink.file.FileOptions;
import io.github.falcogateway.sink.prometheus.PrometheusOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads the parts of gateway.yaml that are neither sinks nor routes. Confined to one loading. */
final class Settings {

    private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");

    private final Section top;
    private double perSource;

    Settings(Section top) {
        this.top = top;
    }

    static Map<String, SinkConfig> defaultSinks() {
        Map<String, SinkConfig> sinks = new LinkedHashMap<>();
        FileOptions archive = FileOptions.at(Path.of("data/events.ndjson"));
        sinks.put("archive", new SinkConfig("archive", "file", SinkOptions.defaults(), null, archive));
        PrometheusOptions metrics = PrometheusOptions.defaults();
        sinks.put("metrics", new SinkConfig("metrics", "prometheus", SinkOptions.defaults(), null, metrics));
        return sinks;
    }

    GatewayConfig.Limits limits() {
        Section section = top.section("limits");
        GatewayConfig.Limits limits = new GatewayConfig.Limits(
                (int) Math.min(Integer.MAX_VALUE / 2, section.size("body", 4L << 20)),
                section.integer("events_per_request", 10_000),
                section.integer("connections", 10_000),
                (int) Math.min(1 << 24, section.size("header", 16L << 10)));
        perSource = section.parsed(
                "per_source",
                0.0,
                text -> Units.rate(text) < 0 ? null : Units.rate(text),
                "events a second for one address, such as 500 or 500/s, 3000/m");
        some(section, "body", limits.body());
        some(section, "events_per_request", limits.eventsPerRequest());
        some(section, "connections", limits.connections());
        some(section, "header", limits.header());
        section.end();
        return limits;
    }

    /** Nothing would come through a limit of 0, and whoever writes one means none. */
    private static void some(Section section, String key, int limit) {
        if (limit == 0) {
            section.problem(key, "limits." + key + " must be more than 0: it is the most that is taken");
        }
    }

    /** What the doorway holds back; call it after {@link #limits()}, where one of its keys is. */
    IntakeOptions intake() {
        Section dedup = top.section("dedup");
        Duration window = dedup.duration("window", Duration.ZERO);
        dedup.end();
        return new IntakeOptions(perSource, window);
    }

    JournalOptions journal() {
        Section section = top.section("journal");
        String type = section.text("type", "embedded");
        if (!type.equals("embedded")) {
            section.problem("type", "journal.type must be embedded");
        }
        JournalOptions defaults = JournalOptions.at(Path.of(section.text("path", "data")));
        String onFailure = section.text("on_failure", "degrade");
        if (!onFailure.equals("degrade") && !onFailure.equals("reject")) {
            section.problem("on_failure", "journal.on_failure must be degrade or reject");
        }
        Section keep = section.section("keep");
        Section segment = section.section("segment");
        JournalOptions options = new JournalOptions(
                defaults.path(),
                sync(section),
                onFailure.equals("degrade"),
                section.size("memory", defaults.memoryBytes()),
                keep.duration("for", defaults.keepFor()),
                keep.size("size", defaults.keepBytes()),
                segment.size("size", defaults.segmentBytes()),
                segment.duration("age", defaults.segmentAge()));
        if (options.keepBytes() == 0) {
            keep.problem("size", "journal.keep.size must be more than 0: events would go before any sink had them");
        }
        if (options.segmentBytes() == 0) {
            segment.problem("size", "journal.segment.size must be more than 0: it is a file's");
        }
        keep.end();
        segment.end();
        section.end();
        return options;
    }

    /** {@code batch}, {@code interval} with {@code interval: 1s} beside it, or {@code {interval: 1s}}. */
    private static @Nullable Duration sync(Section section) {
        Duration second = Duration.ofSeconds(1);
        if (section.take("sync") instanceof MappingNode) {
            Section sync = section.section("sync");
            Duration interval = sync.duration("interval", second);
            sync.end();
            return interval;
        }
        String sync = section.text("sync", "batch");
        if (!sync.equals("batch") && !sync.equals("interval")) {
            section.problem("sync", "journal.sync must be batch, or {interval: 1s}");
        }
        Duration interval = section.duration("interval", second);
        return sync.equals("interval") ? interval : null;
    }

    GatewayConfig.HostNaming naming() {
        Section section = top.section("host");
        List<HostSource> order = new ArrayList<>();
        for (Section.Text name : section.texts("order")) {
            HostSource source = Arrays.stream(HostSource.values())
                    .filter(known -> known.label().equals(name.text()))
                    .findFirst()
                    .orElse(null);
            if (source == null) {
                List<String> known = Arrays.stream(HostSource.values())
                        .map(HostSource::label)
                        .toList();
                section.source()
                        .problem(
                                name.node(),
                                "unknown source of host names " + name.text()
                                        + Problems.didYouMean(name.text(), known));
            } else {
                order.add(source);
            }
        }
        String mismatch = section.text("on_mismatch", "relabel");
        if (!mismatch.equals("relabel") && !mismatch.equals("reject")) {
            section.problem("on_mismatch", "host.on_mismatch must be relabel or reject");
        }
        List<String> fields =
                section.texts("fields").stream().map(Section.Text::text).toList();
        section.end();
        return new GatewayConfig.HostNaming(
                order.isEmpty() ? List.of(HostSource.values()) : order,
                fields.isEmpty() ? List.of("k8s.node.name", "evt.hostname") : fields,
                top.text("node", hostname()),
                dns());
    }

    /** How the name service is asked; null where it is not. */
    private GatewayConfig.@Nullable Dns dns() {
        boolean there = top.has("dns");
        Section section = top.section("dns");
        boolean enabled = section.bool("enabled", there);
        Duration timeout = section.duration("timeout", Duration.ofSeconds(1));
        Duration cache = section.duration("cache", Duration.ofMinutes(10));
        String server = section.text("server");
        section.end();
        GatewayConfig.Address address =
                server == null ? null : ListenSettings.address(server.matches(".*:\\d+") ? server : server + ":53");
        if (server != null && (address == null || Network.parse(address.host()) == null)) {
            section.problem("server", "dns.server must be the ADDRESS or ADDRESS:PORT of a name server");
            return null;
        }
        if (timeout.isZero()) {
            section.problem("timeout", "dns.timeout must be longer than nothing");
        }
        return !enabled
                ? null
                : new GatewayConfig.Dns(
                        timeout, cache, address == null ? null : address.host(), address == null ? 53 : address.port());
    }

    /** What people are told at once, and how a storm of that is told. */
    FloodOptions flood() {
        return ChatReaders.flood(top, FloodOptions.defaults());
    }

    /** Where people find the live view; empty for where it listens. */
    String publicUrl() {
        String url = top.text("public_url", "").replaceAll("/+$", "");
        if (!url.isEmpty() && !url.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
            top.problem("public_url", "public_url must be an address such as https://falco.example.org");
        }
        return url;
    }

    /** How long a silence may last. */
    Duration longestSilence() {
        Section silences = top.section("silences");
        Duration longest = silences.duration("max", Duration.ofDays(30));
        silences.end();
        return longest;
    }

    Duration shutdownGrace() {
        return top.duration("shutdown_grace", Duration.ofSeconds(10));
    }

    /** Keys that belong elsewhere. */
    void misplaced() {
        if (top.take("compat") != null) {
            top.problem("compat", "compat is a key of the sink of type prometheus");
        }
    }

    /** The name of this machine. */
    static String hostname() {
        try {
            return Files.readString(HOSTNAME).strip();
        } catch (IOException notLinux) {
            return "falco-gateway";
        }
    }
}
