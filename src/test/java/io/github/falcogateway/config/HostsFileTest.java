package io.github.falcogateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host table is read line by line, and whatever is wrong in it keeps its place. */
class HostsFileTest {

    @TempDir
    Path folder;

    @Test
    void tellsEveryMistakeWithItsPlace() throws Exception {
        assertThat(problems("""
                - {host: web-1, address: 10.0.0.5, labels: {env: production}}
                - {adress: 10.0.0.6}
                - only a text
                - [a, b]
                - {address: 10.0.0.256}
                - host: db-1
                  address: 10.0.0.7
                  labels: {"a b": c}
                """))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("2:4: unknown key adress (did you mean \"address\"?)"),
                        line -> assertThat(line).startsWith("2:3: a line has a host and its address"),
                        line -> assertThat(line).startsWith("3:3: a line of the host table must be a mapping"),
                        line -> assertThat(line).startsWith("3:3: a line has a host and its address"),
                        line -> assertThat(line).startsWith("4:3: a line of the host table must be a mapping"),
                        line -> assertThat(line).startsWith("4:3: a line has a host and its address"),
                        line -> assertThat(line).startsWith("5:13: 10.0.0.256 is neither an address"),
                        line -> assertThat(line).startsWith("8:19: a label's name"));
    }

    @Test
    void takesWhatIsAList() throws Exception {
        assertThat(problems("- &one {host: web-1, address: 10.0.0.5}\n- *one\n- host: web-2\n  labels: {env: test}\n"))
                .isEmpty();
        assertThat(problems("[{host: web-1}, {match: 'db-*', labels: {env: test}}]\n"))
                .isEmpty();
        assertThat(problems("")).isEmpty();
        assertThat(problems("[]\n")).isEmpty();
        assertThat(problems("hosts: {web-1: {address: 10.0.0.5}}\n"))
                .singleElement()
                .asString()
                .startsWith("1:1: the host table is a list of");
        assertThat(problems("- {host: web-1}\n- {host: [\n"))
                .singleElement()
                .asString()
                .contains("no YAML");
    }

    /** All nodes of so many lines would take a quarter of a gigabyte. */
    @Test
    void readsAHundredThousandLines() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            String address = "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
            lines.append("- {host: node-" + i + ", address: " + address + ", labels: {env: e" + i % 4 + "}}\n");
        }
        assertThat(problems(lines + "- {host: last, addres: 10.0.0.1}\n"))
                .singleElement()
                .asString()
                .startsWith("100001:16: unknown key addres");
    }

    private List<String> problems(String hosts) throws Exception {
        Path table = Files.writeString(folder.resolve("hosts.yaml"), hosts);
        Path config = Files.writeString(folder.resolve("gateway.yaml"), "hosts: " + table + "\nroutes: []\n");
        String prefix = table + ":";
        return ConfigLoader.load(Optional.of(config), Map.of()).problems().stream()
                .map(Object::toString)
                .map(line -> line.startsWith(prefix) ? line.substring(prefix.length()) : line)
                .toList();
    }
}
