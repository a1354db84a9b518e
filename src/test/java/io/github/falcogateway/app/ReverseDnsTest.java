package io.github.falcogateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.FakeDns;
import io.github.falcogateway.testing.RunningGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReverseDnsTest {

    private static final String EVENT = "{\"rule\":\"R\",\"priority\":\"Error\"}";

    @TempDir
    Path folder;

    @Test
    void namesTheSecondEventOfAnAddressAndKeepsNoneWaiting() throws Exception {
        try (FakeDns dns = new FakeDns()) {
            dns.with("1.2.0.192.in-addr.arpa", "Web-1.example").with("web-1.example", "192.0.2.1");
            dns.with("2.2.0.192.in-addr.arpa", "web-1.example");
            try (RunningGateway gateway = gateway(dns)) {
                assertThat(host(gateway, "192.0.2.1")).isEqualTo("192.0.2.1");
                await().until(() -> host(gateway, "192.0.2.1").equals("web-1.example"));
                // Its owner says it is web-1, but web-1 is at another address.
                host(gateway, "192.0.2.2");
                await().until(() -> java.util.Collections.frequency(dns.questions(), "web-1.example") == 2);
                // The name server never answers: nobody waits for it.
                long before = System.nanoTime();
                assertThat(host(gateway, "192.0.2.3")).isEqualTo("192.0.2.3");
                assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
                assertThat(host(gateway, "192.0.2.2")).isEqualTo("192.0.2.2");
            }
        }
    }

    private RunningGateway gateway(FakeDns dns) throws Exception {
        Path config = folder.resolve("gateway.yaml");
        String base = RunningGateway.config(folder, 0)
                .replace("order: [claimed, address]", "order: [claimed, dns, forwarded, address]");
        Files.writeString(
                config,
                base + "trusted_proxies: [127.0.0.1]\ndns: {timeout: 20s, server: \"127.0.0.1:" + dns.port + "\"}\n");
        return RunningGateway.of(folder, config);
    }

    private static String host(RunningGateway gateway, String from) throws Exception {
        int before = gateway.lines().size();
        assertThat(gateway.post(EVENT, "X-Forwarded-For", from).statusCode()).isEqualTo(200);
        await().until(() -> gateway.lines().size() > before);
        return new io.vertx.core.json.JsonObject(gateway.lines().get(before)).getString("hostname");
    }
}
