package io.github.falcogateway.ingest.http;

import io.github.falcogateway.event.Network;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from as proxies tell it, in {@code Forwarded} (RFC 7239) or {@code X-Forwarded-For}. Each proxy
 * appends the address that it was called from, so that the list is walked from its end as long as the proxies are
 * trusted: what stands before the first address that is none of theirs, the sender may have made up. Immutable.
 */
final class Forwarded {

    /** A hop that nobody can name; the walk ends there. */
    private static final String UNKNOWN = "";

    private final List<Network> proxies;

    Forwarded(List<Network> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    /**
     * The last address that is no trusted proxy; null where none is told, or where the two headers tell different
     * ones: a proxy writes one of them and lets the other pass as the sender made it.
     */
    @Nullable
    String origin(MultiMap headers, String remote) {
        if (proxies.isEmpty() || !trusted(remote)) {
            return null;
        }
        List<String> old = headers.getAll("X-Forwarded-For");
        List<String> standard = headers.getAll("Forwarded");
        String byOld = old.isEmpty() ? null : walk(plain(old));
        if (standard.isEmpty()) {
            return byOld;
        }
        String byStandard = walk(elements(standard));
        return old.isEmpty() || byStandard != null && byStandard.equals(byOld) ? byStandard : null;
    }

    private boolean trusted(String address) {
        return proxies.stream().anyMatch(proxy -> proxy.contains(address));
    }

    private @Nullable String walk(List<String> hops) {
        for (int i = hops.size() - 1; i >= 0; i--) {
            String address = Network.address(withoutPort(hops.get(i)));
            if (address == null || !trusted(address)) {
                return address;
            }
        }
        return null;
    }

    private static List<String> plain(List<String> lines) {
        List<String> hops = new ArrayList<>();
        for (String line : lines) {
            for (String hop : line.split(",", -1)) {
                hops.add(hop.strip());
            }
        }
        return hops;
    }

    /** The {@code for} of each element; one without it is an unknown hop. */
    private static List<String> elements(List<String> lines) {
        List<String> hops = new ArrayList<>();
        for (String line : lines) {
            for (String element : split(line, ',')) {
                String hop = UNKNOWN;
                for (String pair : split(element, ';')) {
                    String text = pair.strip();
                    if (text.toLowerCase(Locale.ROOT).startsWith("for=")) {
                        hop = unquoted(text.substring("for=".length()));
                    }
                }
                hops.add(hop);
            }
        }
        return hops;
    }

    /** Splits where the separator stands outside of a quoted text. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }

    /** {@code 192.0.2.1:80}, {@code [2001:db8::1]:80} and {@code [2001:db8::1]} without what is not the address. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon > 0 && hop.indexOf(':', colon + 1) < 0 ? hop.substring(0, colon) : hop;
    }
}
