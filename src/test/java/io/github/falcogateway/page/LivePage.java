package io.github.falcogateway.page;

import io.github.falcogateway.testing.RunningGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of the live view: each has a gateway of its own, without an event. */
abstract class LivePage extends InBrowser {

    /** The rules of the rows that are seen. */
    static final String RULES = ".grid-body .row:not([hidden]) .c-rule";

    @TempDir
    Path folder;

    RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        browser.complaints();
        gateway = RunningGateway.in(folder, "");
    }

    @AfterEach
    void stop() throws Exception {
        browser.open("about:blank");
        gateway.close();
    }

    void look(String path) {
        browser.open("http://127.0.0.1:" + gateway.port + path);
        browser.await(
                "it is loaded",
                () -> !browser.texts("#totals").isEmpty()
                        && !browser.texts("#state").equals(List.of("Connecting")));
    }

    static String event(String rule, String priority, String host) {
        return "{\"rule\":\"%s\",\"priority\":\"%s\",\"hostname\":\"%s\",\"output\":\"o\",\"tags\":[\"t\"],\"output_fields\":{\"user.name\":\"root\"}}\n"
                .formatted(rule, priority, host);
    }

    static String many(int count, String rule) {
        return String.join(
                "",
                IntStream.range(0, count)
                        .mapToObj(i -> event(rule + " " + i, "Notice", "web-1"))
                        .toList());
    }
}
