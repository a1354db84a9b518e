package io.github.falcogateway.page;

import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of the page of a gateway that has rules, routes and the events of a {@link SampleFleet}. */
abstract class SampleFleetPage extends InBrowser {

    static final String HOSTILE = "a \"rule\": with 'quotes', \\ and <b>markup</b>";

    @TempDir
    static Path folder;

    static RunningGateway gateway;

    @BeforeAll
    static void startGateway() throws Exception {
        Files.writeString(folder.resolve("falco.yaml"), """
                - rule: Delete or rename shell history
                  desc: Detect shell history deletion
                  condition: modify and shell_history
                  output: gone
                  priority: WARNING
                  tags: [process]
                - rule: Never seen
                  desc: Fires never
                  condition: evt.type = open
                  output: seen
                  priority: NOTICE
                """);
        routes();
        gateway = RunningGateway.in(
                folder,
                "  away: {type: http, url: \"http://127.0.0.1:9/\", retry: {min: 50ms, max: 100ms, max_age: 1s}}\nfalco_rules: ["
                        + folder.resolve("falco.yaml") + "]\n");
        for (int i = 0; i < 3; i++) {
            gateway.post(new JsonObject()
                    .put("rule", HOSTILE)
                    .put("priority", "Error")
                    .put("hostname", "<i>host</i>")
                    .put("output_fields", new JsonObject().put("proc.name", "a\"b\\c: #x"))
                    .encode());
        }
        gateway.post(SampleFleet.events(600, Instant.now()));
        gateway.post("no event");
    }

    static void routes() throws Exception {
        Files.writeString(folder.resolve("routes.yaml"), """
                - route: page on-call
                  desc: what somebody must see at once
                  condition: priority >= Error and not host startswith dev-
                  to: [away]
                - route: shell history of root only
                  condition: rule = "Delete or rename shell history" and user.name != root
                  to: []
                  stop: true
                - route: everything
                  condition: rule exists
                  to: [archive, metrics]
                """);
    }

    @AfterAll
    static void stopGateway() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
    }

    @BeforeEach
    void desk() {
        browser.size(1280, 800);
        browser.scheme("light");
        browser.complaints();
    }

    static void look(String path) {
        browser.open("http://127.0.0.1:" + gateway.port + path);
    }
}
