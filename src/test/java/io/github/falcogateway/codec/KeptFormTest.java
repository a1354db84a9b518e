package io.github.falcogateway.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptFormTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String GATEWAY =
            "{\"id\":\"42\",\"received_at\":\"2026-01-02T03:04:05.678Z\",\"via\":\"http\","
                    + "\"host_from\":\"hosts\",\"remote\":\"10.0.0.1\",\"labels\":{\"env\":\"prod\"},\"node\":\"gw\"}";

    @Test
    void appendsHostnameAndGatewayAndChangesNothingElse() {
        String sent =
                "{ \"priority\":\"Error\" , \"x\":1e400,\"rule\":\"r\",\"output_fields\":{\"t\":1651447772918828894}}";
        assertThat(kept(sent, "web"))
                .isEqualTo(sent.substring(0, sent.length() - 1) + ",\"hostname\":\"web\",\"gateway\":" + GATEWAY + "}");
    }

    @Test
    void leavesBlanksAroundTheEventOut() {
        String sent = "{\"hostname\":\"web\",\"rule\":\"r\",\"priority\":\"Error\"}";
        for (String blank : new String[] {"\n", "\r\n", " ", "\n\n"}) {
            assertThat(kept(sent + blank, "web")).isEqualTo(kept(sent, "web"));
            assertThat(kept(blank + sent, "web")).isEqualTo(kept(sent, "web"));
        }
    }

    @Test
    void leavesAHostnameThatWonWhereItIs() {
        String sent = "{\"hostname\":\"web\",\"rule\":\"r\",\"priority\":\"Error\"}";
        assertThat(kept(sent, "web")).isEqualTo(sent.substring(0, sent.length() - 1) + ",\"gateway\":" + GATEWAY + "}");
    }

    @Test
    void replacesAHostnameThatDidNotWin() {
        assertThat(kept(
                        "{\"hostname\":null,\"rule\":\"r\",\"hostname\": \"\\u0070od\" ,\"priority\":\"Error\"}",
                        "web"))
                .isEqualTo(
                        "{\"hostname\":\"web\",\"rule\":\"r\",\"hostname\": \"web\" ,\"priority\":\"Error\",\"gateway\":"
                                + GATEWAY + "}");
    }

    @Test
    void joinsThePathOfGatewaysBeforeIt() {
        String sent =
                "{\"rule\":\"r\",\"priority\":\"Error\",\"gateway\":{\"id\":\"7\",\"node\":\"agent\"},\"hostname\":\"web\"}";
        String once = kept(sent, "web");
        assertThat(once)
                .isEqualTo(
                        "{\"rule\":\"r\",\"priority\":\"Error\",\"gateway\":{\"id\":\"7\",\"node\":\"agent\",\"path\":["
                                + GATEWAY + "]},\"hostname\":\"web\"}");
        assertThat(kept(once, "web")).contains("\"path\":[" + GATEWAY + "," + GATEWAY + "]}");
        assertThat(kept(
                        "{\"rule\":\"r\",\"priority\":\"Error\",\"gateway\":{\"path\":[ ]},\"hostname\":\"web\"}",
                        "web"))
                .contains("\"gateway\":{\"path\":[ " + GATEWAY + "]}");
        assertThat(kept("{\"rule\":\"r\",\"priority\":\"Error\",\"gateway\":{}}", "web"))
                .endsWith("\"gateway\":{\"path\":[" + GATEWAY + "]},\"hostname\":\"web\"}");
    }

    @Test
    void writesOfEachEventWhatItsOwnSenderHas() {
        KeptForm form = new KeptForm();
        for (int round = 0; round < 2; round++) {
            for (String team : List.of("shop", "mail", "mail", "shop")) {
                for (String from : List.of("hosts", "claimed", "claimed")) {
                    String claimed = from.equals("hosts") ? "pod-" + team : null;
                    Provenance sender = new Provenance(
                            Via.HTTP,
                            "web",
                            from,
                            claimed,
                            "10.0.0.1",
                            Map.of("team", team),
                            "gw",
                            NOW.plusSeconds(round));
                    Draft draft = form.of(decoded("{\"rule\":\"r\",\"priority\":\"Error\"}"), sender);
                    assertThat(new KeptReader()
                                    .read(42, draft.keep(42).json())
                                    .event()
                                    .provenance())
                            .isEqualTo(sender);
                }
            }
        }
    }

    @Test
    void keepsSomebodysOwnFieldOfThatName() {
        assertThat(kept("{\"rule\":\"r\",\"gateway\":\"mine\",\"priority\":\"Error\"}", "web"))
                .contains("\"node\":\"gw\",\"sent\":\"mine\"},\"priority\"");
    }

    @Test
    void putsEveryEventOnOneLine() {
        assertThat(kept("{\n\"rule\":\"r\",\r\n\"priority\":\"Error\"\n}", "web"))
                .doesNotContain("\n", "\r");
    }

    @Test
    void isReadBackAsItWas() {
        JournaledEvent event = new KeptReader()
                .read(
                        42,
                        kept("{\"rule\":\"r\",\"priority\":\"Error\",\"output\":\"é\"}", "we\"b")
                                .getBytes(UTF_8));
        assertThat(event.event().provenance()).isEqualTo(sender("we\"b"));
        assertThat(event.event().host()).isEqualTo("we\"b");
        assertThat(event.event().time()).isEqualTo(NOW);
        assertThat(event.event().output()).isEqualTo("é");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'received_at':'2026-01-01T01:02:03.456789Z'} | 2026-01-01T01:02:03.456789Z",
                "{'received_at':'soon','path':[{'received_at':'2026-01-02T00:00:00Z'}]} | 2026-01-02T00:00:00Z",
                "{'received_at':'soon'} | 2026-01-02T03:04:05.678Z",
                "{'received_at':7} | 2026-01-02T03:04:05.678Z",
                "'mine' | 2026-01-02T03:04:05.678Z"
            })
    void countsAsHappenedWhenTheFirstGatewayTookIt(String gateway, Instant happened) {
        String sent = "{\"gateway\":" + gateway.replace('\'', '"') + ",\"rule\":\"r\",\"priority\":\"Error\"}";
        assertThat(decoded(sent).event().time()).isEqualTo(happened);
        JournaledEvent again = new KeptReader().read(42, kept(sent, "web").getBytes(UTF_8));
        assertThat(again.event().time()).isEqualTo(happened);
        assertThat(again.event().arrival()).isEqualTo(NOW);
    }

    @Test
    void doesNotTakeAGatewaysWordForATimeThatIsGiven() {
        String sent = "{\"rule\":\"r\",\"priority\":\"Error\",\"time\":\"2026-01-01T00:00:00Z\","
                + "\"gateway\":{\"received_at\":\"2026-01-01T01:02:03Z\"}}";
        assertThat(decoded(sent).event().time()).isEqualTo("2026-01-01T00:00:00Z");
    }

    private static DecodedEvent decoded(String sent) {
        return new EventDecoder(1).decode(sent.getBytes(UTF_8), NOW).events().get(0);
    }

    private static String kept(String sent, String host) {
        return new String(
                new KeptForm().of(decoded(sent), sender(host)).keep(42).json(), UTF_8);
    }

    private static Provenance sender(String host) {
        return new Provenance(Via.HTTP, host, "hosts", null, "10.0.0.1", Map.of("env", "prod"), "gw", NOW);
    }
}
