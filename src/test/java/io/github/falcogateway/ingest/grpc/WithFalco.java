package io.github.falcogateway.ingest.grpc;

import io.github.falcogateway.testing.FakeFalco;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of a whole gateway that asks a server with Falco's rhythm. */
abstract class WithFalco {

    static final String FAST = "poll: 20ms, timeout: 400ms, retry: {min: 10ms, max: 50ms}";

    @TempDir
    Path folder;

    FakeFalco falco;

    @BeforeEach
    void falco() {
        falco = FakeFalco.at(folder.resolve("f.sock"));
    }

    @AfterEach
    void end() throws Exception {
        falco.close();
    }

    RunningGateway gateway() throws Exception {
        return RunningGateway.in(folder, source("a", falco.target(), ""));
    }

    static String source(String name, String target, String more) {
        return "sources: [{name: " + name + ", grpc: \"" + target + "\", " + FAST + more + "}]\n";
    }

    static JsonObject shown(RunningGateway gateway) throws Exception {
        return new JsonObject(gateway.get("/api/sources"))
                .getJsonArray("sources")
                .getJsonObject(0);
    }
}
