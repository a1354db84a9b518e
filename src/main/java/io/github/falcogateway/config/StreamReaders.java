package io.github.falcogateway.config;

import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.ClientTls;
import io.github.falcogateway.sink.SinkOptions;
import io.github.falcogateway.sink.kafka.KafkaOptions;
import io.github.falcogateway.sink.kafka.ProducerSettings;
import io.github.falcogateway.sink.syslog.SyslogOptions;
import io.github.falcogateway.sink.syslog.SyslogOptions.Transport;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the sinks that write to a stream of messages. */
final class StreamReaders {

    private static final String URL = "url must be udp://HOST:514, tcp://HOST:601 or tls://HOST:6514";
    private static final List<String> FACILITIES = List.of(
            "kern",
            "user",
            "mail",
            "daemon",
            "auth",
            "syslog",
            "lpr",
            "news",
            "uucp",
            "cron",
            "authpriv",
            "ftp",
            "ntp",
            "audit",
            "alert",
            "clock",
            "local0",
            "local1",
            "local2",
            "local3",
            "local4",
            "local5",
            "local6",
            "local7");
    /** What a datagram holds at most. */
    private static final long MAX_DATAGRAM = 65_507;

    private static final int MOST_PORT = 65_535;
    private static final long MIN_MESSAGE = 480;
    private static final long MAX_MESSAGE = 16L << 20;

    private StreamReaders() {}

    static @Nullable Record syslog(Section section, SinkOptions common) {
        String url = section.text("url");
        URI server = server(url);
        Transport transport = transport(server);
        if (server == null || server.getHost() == null || transport == null) {
            section.problem("url", url == null ? "a syslog sink needs the url of the server: " + URL : URL);
        }
        int facility = section.parsed(
                "facility",
                FACILITIES.indexOf("user"),
                text -> FACILITIES.contains(text) ? FACILITIES.indexOf(text) : null,
                "one of " + String.join(", ", FACILITIES));
        String appName = section.text("app_name", "falco");
        if (!appName.matches("[!-~]{1,48}")) {
            section.problem("app_name", "app_name is 1 to 48 printable characters without blanks");
        }
        boolean json = section.parsed(
                "format",
                true,
                text -> text.equals("json") ? Boolean.TRUE : text.equals("text") ? false : null,
                "json or text");
        long most = transport == Transport.UDP ? MAX_DATAGRAM : MAX_MESSAGE;
        long size = section.size("max_size", transport == Transport.UDP ? MAX_DATAGRAM : 1L << 20);
        if (size < MIN_MESSAGE || size > most) {
            section.problem("max_size", "max_size is " + MIN_MESSAGE + " bytes to " + most);
        }
        var tls = ClientTlsReader.read(section.section("tls"));
        if (server == null || server.getHost() == null || transport == null) {
            return null;
        }
        int port = server.getPort() > 0 ? server.getPort() : transport.port();
        String host = server.getHost().replaceAll("[\\[\\]]", "");
        return new SyslogOptions(transport, host, port, facility, appName, json, (int) size, tls, common.timeout());
    }

    static @Nullable Record kafka(Section section, SinkOptions common) {
        List<String> brokers = new ArrayList<>();
        for (Section.Text broker : section.texts("brokers")) {
            if (!isBroker(broker.text())) {
                section.source().problem(broker.node(), "brokers are HOST:PORT, such as kafka-1:9092");
            }
            brokers.add(broker.text());
        }
        if (brokers.isEmpty()) {
            section.problem("brokers", "a kafka sink needs brokers: [kafka-1:9092]");
        }
        String topic = section.text("topic", "");
        if (!topic.matches("[A-Za-z0-9._-]{1,249}") || topic.matches("\\.{1,2}")) {
            section.problem("topic", "a kafka sink needs a topic: letters, digits, dot, underscore and dash");
        }
        String compression = section.parsed(
                "compression",
                "gzip",
                text -> text.equals("gzip") || text.equals("none") ? text : null,
                "gzip or none");
        ClientTls tls = section.has("tls") ? ClientTlsReader.read(section.section("tls")) : null;
        Map<String, Secret> properties = properties(section.section("properties"));
        return new KafkaOptions(brokers, topic, compression, tls, properties, common.timeout());
    }

    private static boolean isBroker(String text) {
        if (!text.matches("[^\\s:,]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}")) {
            return false;
        }
        int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
        return port > 0 && port <= MOST_PORT;
    }

    /** What the sink promises is not for a setting to take away. */
    private static Map<String, Secret> properties(Section section) {
        Map<String, Secret> properties = new LinkedHashMap<>();
        for (String key : List.copyOf(section.keys())) {
            String value = section.text(key, "");
            String problem = ProducerSettings.problem(key, value);
            if (!problem.isEmpty()) {
                section.problem(key, key + " " + problem);
            } else if (!ProducerSettings.known().contains(key)) {
                String unknown = "Kafka's producer knows no " + key + ": it has no effect of its own";
                section.source().warn(section.place(key), unknown + Problems.didYouMean(key, ProducerSettings.known()));
            }
            properties.put(key, new Secret(value));
        }
        return properties;
    }

    private static @Nullable URI server(@Nullable String url) {
        try {
            return url == null ? null : URI.create(url.strip());
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static @Nullable Transport transport(@Nullable URI server) {
        String scheme = server == null || server.getScheme() == null ? "" : server.getScheme();
        return Arrays.stream(Transport.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(scheme.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
    }
}
