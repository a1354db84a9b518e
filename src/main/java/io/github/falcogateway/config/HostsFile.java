package io.github.falcogateway.config;

import io.github.falcogateway.event.Network;
import io.github.falcogateway.host.HostEntry;
import io.github.falcogateway.host.HostTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the host table: a list of {@code {host, address, labels}} and {@code {match, labels}}. */
final class HostsFile {

    private HostsFile() {}

    static HostTable read(Source source) {
        List<HostEntry> entries = new ArrayList<>();
        // Thousands of machines have the same labels.
        Map<Map<String, String>, Map<String, String>> alike = new HashMap<>();
        Consumer<Node> line = item -> {
            HostEntry entry = entry(new Section(source, item, "a line of the host table"), alike);
            if (entry != null) {
                entries.add(entry);
            }
        };
        Node root = source.root(line);
        if (root instanceof SequenceNode list) {
            list.getValue().stream().filter(item -> item != ListComposer.TAKEN).forEach(line);
        } else if (root != null && !Section.isNull(root)) {
            source.problem(root, "the host table is a list of {host, address, labels} and {match, labels}");
        }
        return new HostTable(entries);
    }

    private static @Nullable HostEntry entry(Section line, Map<Map<String, String>, Map<String, String>> alike) {
        String host = line.text("host");
        String address = line.text("address");
        String match = line.text("match");
        Section labels = line.section("labels");
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : List.copyOf(labels.keys())) {
            if (!name.matches("[a-zA-Z][a-zA-Z0-9_]*")) {
                labels.problem(
                        name,
                        "a label's name holds letters, digits and _ alone, so that label." + name
                                + " can stand in a condition");
            }
            values.put(name, labels.text(name, ""));
        }
        line.end();
        if (address != null && Network.parse(address) == null) {
            line.problem("address", address + " is neither an address nor a network such as 10.1.0.0/16");
            return null;
        }
        boolean some = host != null || address != null || match != null;
        if (!some || (match != null && (host != null || address != null))) {
            line.source()
                    .problem(line.node(), "a line has a host and its address, or an address alone, or a match alone");
            return null;
        }
        return new HostEntry(host, address, match, alike.computeIfAbsent(Map.copyOf(values), same -> same));
    }
}
