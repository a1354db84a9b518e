package io.github.falcogateway.host;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.falcogateway.event.Network;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final Map<String, Known> names = new HashMap<>();
    /** Those that stand for more than one name. */
    private final NamePatterns patterns = new NamePatterns();

    private final boolean anyLabels;
    /** Labels of several lines together, by those of each. */
    private final Cache<List<Map<String, String>>, Map<String, String>> together =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /**
     * What the lines say of a name. Immutable.
     *
     * @param name the table's own String of it, with its hash and the same for all events of the host
     * @param wide the labels by pattern, which those of a network go before
     * @param own the labels by the name itself, which go before all others
     */
    private record Known(String name, Map<String, String> wide, Map<String, String> own) {}

    /** A host as an event has it. Immutable. */
    record Host(String name, Map<String, String> labels) {}

    public HostTable(List<HostEntry> entries) {
        Map<String, Map<String, String>> own = new LinkedHashMap<>();
        NamePatterns all = new NamePatterns();
        for (HostEntry entry : entries) {
            Network network = entry.address() == null ? null : Network.parse(entry.address());
            if (network != null) {
                (entry.host() == null ? labelled : named).add(network, entry);
            }
            if (entry.match() != null) {
                all.add(entry.match(), entry);
                if (NamePatterns.isName(entry.match())) {
                    own.putIfAbsent(entry.match(), Map.of());
                } else {
                    patterns.add(entry.match(), entry);
                }
            }
            if (entry.host() != null) {
                own.put(entry.host(), entry.labels());
            }
        }
        own.forEach((name, labels) -> names.put(name, new Known(name, wide(all, name), labels)));
        anyLabels = entries.stream().anyMatch(entry -> !entry.labels().isEmpty());
    }

    /** The name for a sender's address; null where the table has none. */
    @Nullable
    String name(String address) {
        List<HostEntry> around = named.around(address);
        return around.isEmpty() ? null : around.get(0).host();
    }

    /** A host with its labels: by pattern, then by network from wide to near, then by its own name; later ones win. */
    Host host(String name, String address) {
        if (!anyLabels) {
            return new Host(name, Map.of());
        }
        Known known = names.get(name);
        Map<String, String> labels = known == null ? wide(patterns, name) : known.wide();
        List<HostEntry> around = labelled.around(address);
        for (int i = around.size() - 1; i >= 0; i--) {
            labels = over(labels, around.get(i).labels());
        }
        return known == null ? new Host(name, labels) : new Host(known.name(), over(labels, known.own()));
    }

    private Map<String, String> wide(NamePatterns patterns, String name) {
        Map<String, String> labels = Map.of();
        for (HostEntry line : patterns.of(name)) {
            labels = over(labels, line.labels());
        }
        return labels;
    }

    /** Both together; of one name the later one wins. */
    private Map<String, String> over(Map<String, String> labels, Map<String, String> later) {
        if (labels.isEmpty() || later.isEmpty()) {
            return later.isEmpty() ? labels : later;
        }
        return together.get(List.of(labels, later), HostTable::together);
    }

    private static Map<String, String> together(List<Map<String, String>> all) {
        Map<String, String> labels = new HashMap<>();
        all.forEach(labels::putAll);
        return Map.copyOf(labels);
    }
}
