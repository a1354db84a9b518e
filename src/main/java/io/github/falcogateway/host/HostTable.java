package io.github.falcogateway.host;

import io.github.falcogateway.event.Grant;
import io.github.falcogateway.event.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The host table: addresses to names, names and addresses to labels; the nearest network wins. Immutable. */
public final class HostTable {

    private record Line(Network network, HostEntry entry) {}

    private record Names(Pattern pattern, HostEntry entry) {}

    private final List<Line> networks = new ArrayList<>();
    private final List<Names> names = new ArrayList<>();
    private final Map<String, HostEntry> exact = new HashMap<>();

    public HostTable(List<HostEntry> entries) {
        for (HostEntry entry : entries) {
            Network network = entry.address() == null ? null : Network.parse(entry.address());
            if (network != null) {
                networks.add(new Line(network, entry));
            }
            if (entry.match() != null) {
                names.add(new Names(Grant.glob(entry.match()), entry));
            }
            if (entry.host() != null) {
                exact.put(entry.host(), entry);
            }
        }
        networks.sort(Comparator.comparingInt(line -> -line.network().prefix()));
    }

    /** The name for a sender's address; null where the table has none. */
    @Nullable
    String name(String address) {
        for (Line line : networks) {
            if (line.entry().host() != null && line.network().contains(address)) {
                return line.entry().host();
            }
        }
        return null;
    }

    /** The labels of a host: by pattern, then by network from wide to near, then by its own name; later ones win. */
    Map<String, String> labels(String host, String address) {
        Map<String, String> labels = new HashMap<>();
        for (Names line : names) {
            if (line.pattern().matcher(host).matches()) {
                labels.putAll(line.entry().labels());
            }
        }
        for (int i = networks.size() - 1; i >= 0; i--) {
            Line line = networks.get(i);
            boolean named = line.entry().host() != null;
            if (!named && line.network().contains(address)) {
                labels.putAll(line.entry().labels());
            }
        }
        HostEntry own = exact.get(host);
        if (own != null) {
            labels.putAll(own.labels());
        }
        return Map.copyOf(labels);
    }
}
