package io.github.falcogateway.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.falcogateway.event.Grant;
import io.github.falcogateway.event.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The host table finds by its indexes what its lines say one by one. */
final class HostTableTest {

    private static final String[] GLOBS = {
        "*", "web-*", "*-prod", "web-?", "w*b-1*d", "db-1", "*.eu", "?", "web-1*", "*1*"
    };
    private static final String[] NAMES = {"web-1", "web-12", "db-1", "x-prod", "a.eu", "web-1-prod", "", "w", "wb-1d"};

    @Test
    void nearestNetworkNamesTheSender() {
        HostTable table = new HostTable(List.of(
                line("wide", "10.0.0.0/8", null, Map.of()),
                line("near", "10.1.2.3/24", null, Map.of()),
                line("own", "10.1.2.3", null, Map.of()),
                line("six", "2001:db8::/33", null, Map.of()),
                line("all", "::/0", null, Map.of())));
        assertEquals("own", table.name("10.1.2.3"));
        assertEquals("near", table.name("10.1.2.4"));
        assertEquals("wide", table.name("10.200.0.1"));
        assertEquals("own", table.name("::ffff:10.1.2.3"));
        assertEquals("six", table.name("2001:db8:7fff::1"));
        assertEquals("all", table.name("2001:db8:8000::1"));
        assertNull(table.name("192.0.2.1"));
        assertNull(table.name("no address"));
        assertNull(table.name(""));
        assertNull(table.name("10.1.2.0/24"));
    }

    @Test
    void agreesWithItsLinesAskedOneByOne() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            List<HostEntry> lines = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                lines.add(line(random, i));
            }
            HostTable table = new HostTable(lines);
            for (int i = 0; i < 20; i++) {
                String address = address(random);
                String name = NAMES[random.nextInt(NAMES.length)];
                assertEquals(name(lines, address), table.name(address), () -> address + " in " + lines);
                assertEquals(
                        labels(lines, name, address),
                        table.host(name, address).labels(),
                        () -> name + " " + address + " in " + lines);
            }
        }
    }

    @Test
    void hostsOfTheSameLinesHaveTheSameMapOfLabels() {
        Map<String, String> shop = Map.of("team", "shop");
        HostTable table = new HostTable(List.of(
                line(null, "10.1.0.0/16", null, Map.of("site", "one")),
                line("web-1", "10.1.0.1", null, shop),
                line("web-2", "10.1.0.2", null, shop)));
        Map<String, String> labels = table.host("web-1", "10.1.0.1").labels();
        assertEquals(Map.of("site", "one", "team", "shop"), labels);
        assertSame(labels, table.host("web-2", "10.1.0.2").labels());
        assertSame(shop, table.host("web-1", "192.0.2.1").labels());
        assertEquals(Map.of(), table.host("db-1", "192.0.2.1").labels());
    }

    @Test
    void givesItsOwnStringOfAName() {
        String name = "web-1";
        String pattern = "db-1";
        HostTable table = new HostTable(List.of(
                line(name, "10.1.0.1", null, Map.of("team", "shop")),
                line(null, null, pattern, Map.of("team", "data")),
                line(null, null, "mail-*", Map.of("team", "mail"))));
        assertSame(name, table.host(String.valueOf(name.toCharArray()), "").name());
        assertSame(
                pattern, table.host(String.valueOf(pattern.toCharArray()), "").name());
        assertEquals("mail-1", table.host("mail-1", "").name());
    }

    private static HostEntry line(Random random, int i) {
        Map<String, String> labels = Map.of("l" + random.nextInt(3), "v" + i);
        String network = address(random) + (random.nextBoolean() ? "" : "/" + random.nextInt(33));
        return switch (random.nextInt(3)) {
            case 0 -> line(NAMES[random.nextInt(NAMES.length)], network, null, labels);
            case 1 -> line(null, network, null, labels);
            default -> line(null, null, GLOBS[random.nextInt(GLOBS.length)], labels);
        };
    }

    private static String address(Random random) {
        int last = random.nextInt(8);
        return random.nextInt(4) == 0 ? "2001:db8::" + last : "10.0." + random.nextInt(2) * 128 + "." + last;
    }

    /** Those of a network, by what the table's page says of them: the nearest, of these the first. */
    private static List<HostEntry> around(List<HostEntry> lines, String address, boolean named) {
        return lines.stream()
                .filter(line -> line.address() != null && named == (line.host() != null))
                .filter(line -> network(line).contains(address))
                .sorted(Comparator.comparingInt(line -> -network(line).prefix()))
                .toList();
    }

    private static Network network(HostEntry line) {
        return Objects.requireNonNull(Network.parse(Objects.requireNonNull(line.address())));
    }

    private static String name(List<HostEntry> lines, String address) {
        List<HostEntry> around = around(lines, address, true);
        return around.isEmpty() ? null : around.get(0).host();
    }

    private static Map<String, String> labels(List<HostEntry> lines, String host, String address) {
        Map<String, String> all = new HashMap<>();
        for (HostEntry line : lines) {
            if (line.match() != null && Grant.glob(line.match()).matcher(host).matches()) {
                all.putAll(line.labels());
            }
        }
        List<HostEntry> around = around(lines, address, false);
        for (int i = around.size() - 1; i >= 0; i--) {
            all.putAll(around.get(i).labels());
        }
        lines.stream()
                .filter(line -> host.equals(line.host()))
                .reduce((first, last) -> last)
                .map(HostEntry::labels)
                .ifPresent(all::putAll);
        return all;
    }

    private static HostEntry line(String host, String address, String match, Map<String, String> labels) {
        return new HostEntry(host, address, match, labels);
    }
}
