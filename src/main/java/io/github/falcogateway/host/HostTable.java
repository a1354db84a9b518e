package io.github.falcogateway.host;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.falcogateway.event.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The host table: addresses to names, names and addresses to labels; the nearest network wins. A look-up does not grow
 * with the lines, and hosts of the same lines have one map of labels. Immutable but for what it remembers; thread-safe.
 */
public final class HostTable {

    /** Combinations of lines are few, hosts many; a name that a sender made up is not remembered. */
    private static final int REMEMBERED = 10_000;

    private final Networks named = new Networks();
    private final Networks labelled = new Networks();
    private final NamePatterns patterns = new NamePatterns();
    private final Map<String, HostEntry> exact = new HashMap<>();
    private final boolean labels;
    /** Labels of several lines together, by those of each. */
    private final Cache<List<Map<String, String>>, Map<String, String>> together =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

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

    /** The name for a sender's address; null where the table has none. */
    @Nullable
    String name(String address) {
        List<HostEntry> around = named.around(address);
        return around.isEmpty() ? null : around.get(0).host();
    }

    /** The labels of a host: by pattern, then by network from wide to near, then by its own name; later ones win. */
    Map<String, String> labels(String host, String address) {
        if (!labels) {
            return Map.of();
        }
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
        return switch (all.size()) {
            case 0 -> Map.of();
            case 1 -> all.get(0);
            default -> together.get(all, HostTable::together);
        };
    }

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
