package io.github.falcogateway.host;

import io.github.falcogateway.event.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Lines of the host table by network. An address is looked up once for each length of prefix that occurs, however many
 * lines there are. Immutable once filled.
 */
final class Networks {

    private final Map<Network, List<HostEntry>> entries = new HashMap<>();
    /** The lengths of prefixes that occur, of IPv4 and IPv6 alike, the nearest first. */
    private final TreeSet<Integer> prefixes = new TreeSet<>((one, other) -> other - one);

    void add(Network network, HostEntry entry) {
        prefixes.add(network.prefix());
        entries.computeIfAbsent(network, first -> new ArrayList<>(1)).add(entry);
    }

    /** The lines of the networks that an address is in, the nearest first, those of one network as they were added. */
    List<HostEntry> around(String address) {
        Network own = entries.isEmpty() ? null : Network.parse(address);
        if (own == null || own.prefix() != own.bits()) {
            return List.of();
        }
        List<HostEntry> found = new ArrayList<>();
        for (int prefix : prefixes.tailSet(own.bits(), true)) {
            found.addAll(entries.getOrDefault(own.around(prefix), List.of()));
        }
        return found;
    }
}
