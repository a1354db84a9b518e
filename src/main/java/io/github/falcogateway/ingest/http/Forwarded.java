package io.github.falcogateway.ingest.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the addresses of a {@code Forwarded} header (RFC 7239, section 6). */
final class Forwarded {

    private static final Pattern FOR =
            Pattern.compile("(?i)(?:^|[;,\\s])for=\"?(\\[[^\\]\"]*]|[^\\s;,\":]+)(?::[^\";,]*)?\"?");

    private Forwarded() {}

    static String[] addresses(@Nullable String header) {
        List<String> addresses = new ArrayList<>();
        if (header != null) {
            Matcher element = FOR.matcher(header);
            while (element.find()) {
                addresses.add(element.group(1).replaceAll("[\\[\\]]", ""));
            }
        }
        return addresses.toArray(String[]::new);
    }
}
