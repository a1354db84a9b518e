package io.github.falcogateway.host;

import io.github.falcogateway.event.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The host table: addresses to names, names and addresses to labels; the nearest network wins. A look-up does not grow
 * with the lines. Immutable.
 */
public final class HostTable {

    private final Networks named = new Networks();
    private final Networks labelled = new Networks();
    private final NamePatterns patterns = new NamePatterns();
    private final Map<String, HostEntry> exact = new HashMap<>();
    private final boolean labels;

    public HostTable(List<HostEntry> entries) {
        for (HostEntry entry : entries) {
            Network network = entry.address() == null ? null : Network.parse(entry.address());
            if (network != null) {
                (entry.host() == null ? labelled : named).add(network, entry);
            }
            if (entry.match() != null) {
                patterns.add(entry.match(), entry);
            }
            if (entry.host() != null) {
                exact.put(entry.host(), entry);
            }
        }
        labels = entries.stream().anyMatch(entry -> !entry.labels().isEmpty());
    }

    /** Whether any host has a label. */
    boolean hasLabels() {
        return labels;
    }

    /** The name for a sender's address; null where the table has none. */
    @Nullable
    String name(String address) {
        List<HostEntry> around = named.around(address);
        return around.isEmpty() ? null : around.get(0).host();
    }

    /** The labels of a host: by pattern, then by network from wide to near, then by its own name; later ones win. */
    Map<String, String> labels(String host, String address) {
        List<Map<String, String>> all = new ArrayList<>(2);
        patterns.of(host).forEach(line -> add(line, all));
        List<HostEntry> around = labelled.around(address);
        for (int i = around.size() - 1; i >= 0; i--) {
            add(around.get(i), all);
        }
        HostEntry own = exact.get(host);
        if (own != null) {
            add(own, all);
        }
        return all.size() == 1 ? all.get(0) : together(all);
    }

    /** Those without are the most, and those of one line as they are: thousands of hosts then have one map. */
    private static void add(HostEntry entry, List<Map<String, String>> all) {
        if (!entry.labels().isEmpty()) {
            all.add(entry.labels());
        }
    }

    private static Map<String, String> together(List<Map<String, String>> all) {
        Map<String, String> labels = new HashMap<>();
        all.forEach(labels::putAll);
        return Map.copyOf(labels);
    }
}
