package io.github.falcogateway.config;

import io.github.falcogateway.ingest.grpc.SourceOptions;
import io.github.falcogateway.sink.ClientTls;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the Falcos to take events from over gRPC. Confined to one loading. */
final class SourceReader {

    private final int maxMessage;
    private final Set<String> names = new HashSet<>();

    /**
     * A reader.
     *
     * @param maxMessage the most bytes of one event
     */
    SourceReader(int maxMessage) {
        this.maxMessage = maxMessage;
    }

    List<SourceOptions> read(Section top) {
        List<SourceOptions> sources = new ArrayList<>();
        Node list = top.take("sources");
        if (list != null) {
            top.items(list, "sources").forEach(item -> {
                Section section = new Section(top.source(), item, "a source");
                SourceOptions source = source(section);
                section.end();
                if (source != null) {
                    sources.add(source);
                }
            });
        }
        return sources;
    }

    private @Nullable SourceOptions source(Section section) {
        String name = section.text("name", "");
        if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
            section.problem("name", "a source needs a name of letters, digits and _.- alone");
        } else if (!names.add(name)) {
            section.problem("name", "source " + name + " is there twice");
        }
        SocketAddress address = GrpcAddress.read(section, "grpc");
        SourceOptions.Tls tls = tls(section, address);
        SourceOptions.Mode mode = section.parsed(
                "mode",
                SourceOptions.Mode.SUB,
                text -> text.equals("sub") || text.equals("get")
                        ? SourceOptions.Mode.valueOf(text.toUpperCase(Locale.ROOT))
                        : null,
                "sub or get");
        String host = section.text("host");
        SourceOptions.Pace pace = pace(section);
        return address == null ? null : new SourceOptions(name, address, tls, mode, host, pace, maxMessage);
    }

    private static SourceOptions.@Nullable Tls tls(Section section, @Nullable SocketAddress address) {
        if (!section.has("tls")) {
            section.take("tls");
            if (address != null && !address.isDomainSocket()) {
                section.source()
                        .warn(
                                section.place("grpc"),
                                "without tls the events cross the network in the clear;"
                                        + " a Falco takes no such connection over TCP");
            }
            return null;
        }
        Section tls = section.section("tls");
        for (String key : new String[] {"ca", "cert", "key"}) {
            if (!tls.has(key)) {
                tls.problem(key, "tls needs ca, cert and key, each a PEM file");
            }
        }
        ClientTls read = ClientTlsReader.read(tls);
        return read.ca() == null || read.cert() == null || read.key() == null
                ? null
                : new SourceOptions.Tls(read.ca(), read.cert(), read.key());
    }

    private static SourceOptions.Pace pace(Section section) {
        SourceOptions.Pace defaults = SourceOptions.Pace.defaults();
        Duration poll = positive(section, "poll", defaults.poll());
        Duration timeout = positive(section, "timeout", defaults.timeout());
        Section retry = section.section("retry");
        Duration min = positive(retry, "min", defaults.retryMin());
        Duration max = positive(retry, "max", defaults.retryMax());
        if (max.compareTo(min) < 0) {
            retry.problem("max", "retry.max must be at least retry.min");
        }
        retry.end();
        return new SourceOptions.Pace(poll, timeout, min, max);
    }

    private static Duration positive(Section section, String key, Duration otherwise) {
        Duration duration = section.duration(key, otherwise);
        if (duration.toMillis() < 1) {
            section.problem(key, key + " must be at least 1ms");
            return otherwise;
        }
        return duration;
    }
}
