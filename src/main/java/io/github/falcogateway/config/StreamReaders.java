package io.github.falcogateway.config;

import io.github.falcogateway.sink.SinkOptions;
import io.github.falcogateway.sink.syslog.SyslogOptions;
import io.github.falcogateway.sink.syslog.SyslogOptions.Transport;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
        var tls = PostingReaders.tls(section.section("tls"));
        if (server == null || server.getHost() == null || transport == null) {
            return null;
        }
        int port = server.getPort() > 0 ? server.getPort() : transport.port();
        String host = server.getHost().replaceAll("[\\[\\]]", "");
        return new SyslogOptions(transport, host, port, facility, appName, json, (int) size, tls, common.timeout());
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
