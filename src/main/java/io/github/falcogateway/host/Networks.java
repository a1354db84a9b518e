package io.github.falcogateway.host;

import io.github.falcogateway.event.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lines of the host table by network. An address is looked up once for each length of prefix that occurs, however many
 * lines there are. Immutable once filled but for what it remembers; thread-safe then.
 */
final class Networks {

    private static final int RECENT = 1 << 8;

    private final Map<Network, List<HostEntry>> entries = new HashMap<>();
    /** The lengths of prefixes that occur, of IPv4 and IPv6 alike, the nearest first. */
    private final TreeSet<Integer> prefixes = new TreeSet<>((one, other) -> other - one);

    /** What was found last, by address: the events of one request have the same. Threads see all of a record or none. */
    private final @Nullable Around[] recent = new Around[RECENT];

    /** Which lines an address is in. */
    private record Around(String address, List<HostEntry> entries) {}

    void add(Network network, HostEntry entry) {
        prefixes.add(network.prefix());
        entries.computeIfAbsent(network, first -> new ArrayList<>(1)).add(entry);
    }

    /** The lines of the networks that an address is in, the nearest first, those of one network as they were added. */
    List<HostEntry> around(String address) {
        if (entries.isEmpty()) {
            return List.of();
        }
        int place = address.hashCode() & RECENT - 1;
        Around before = recent[place];
        if (before != null && before.address().equals(address)) {
            return before.entries();
        }
        Network own = Network.parse(address);
        if (own == null || own.prefix() != own.bits()) {
            return List.of();
        }
        List<HostEntry> found = new ArrayList<>();
        for (int prefix : prefixes.tailSet(own.bits(), true)) {
            found.addAll(entries.getOrDefault(own.around(prefix), List.of()));
        }
        Around now = new Around(address, List.copyOf(found));
        recent[place] = now;
        return now.entries();
    }
}
