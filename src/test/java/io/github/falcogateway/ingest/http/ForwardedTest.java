package io.github.falcogateway.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.Network;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedTest {

    private static final Forwarded PROXIES = new Forwarded(
            Stream.of("10.0.0.0/8", "2001:db8:1::/48").map(Network::parse).toList());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                // The list is walked from its end: what stands before the first stranger may be made up.
                "192.0.2.7|192.0.2.7",
                "198.51.100.1, 192.0.2.7|192.0.2.7",
                "192.0.2.7, 10.1.2.3|192.0.2.7",
                "192.0.2.7, 2001:db8:1::5, 10.1.2.3|192.0.2.7",
                "192.0.2.7:4711|192.0.2.7",
                "[2001:db8::7]:4711|2001:db8::7",
                "2001:db8::7|2001:db8::7",
                "2001:DB8:0:0:0:0:0:7|2001:db8::7",
                "::ffff:192.0.2.7|192.0.2.7",
                "192.0.2.7, ::ffff:10.1.2.3|192.0.2.7",
                // Nobody is named where a hop is unknown, or where all are proxies.
                "192.0.2.7, unknown|-",
                "10.1.1.1|-",
                "192.0.2.7,|-",
                "192.0.2.0/24|-",
                "web-1|-",
                "'; DROP TABLE, <script>|-"
            })
    void walksXForwardedForFromItsEnd(String header, String expected) {
        assertThat(origin("X-Forwarded-For", header)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "for=192.0.2.7|192.0.2.7",
                "For=192.0.2.7;proto=https;by=10.0.0.1|192.0.2.7",
                "for=198.51.100.1, for=192.0.2.7, for=10.1.2.3|192.0.2.7",
                "for=\"[2001:db8::7]:4711\";proto=http|2001:db8::7",
                "for=\"192.0.2.7:80\"|192.0.2.7",
                "for=192.0.2.7, for=unknown|-",
                "for=192.0.2.7, for=_hidden|-",
                "for=192.0.2.7, proto=https|-",
                // A quoted text is one text, whatever it looks like.
                "host=\"x, for=198.51.100.1\"|-",
                "for=198.51.100.1;host=\"\\\"\", for=192.0.2.7|192.0.2.7"
            })
    void walksForwardedFromItsEnd(String header, String expected) {
        assertThat(origin("Forwarded", header)).isEqualTo(expected);
    }

    @Test
    void takesTheLinesOfAHeaderAsOneList() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("X-Forwarded-For", "198.51.100.1")
                .add("X-Forwarded-For", "192.0.2.7");
        assertThat(PROXIES.origin(headers, "10.0.0.1")).isEqualTo("192.0.2.7");
    }

    @Test
    void believesNeitherHeaderWhereTheyDiffer() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("X-Forwarded-For", "192.0.2.7")
                .add("Forwarded", "for=198.51.100.1");
        assertThat(PROXIES.origin(headers, "10.0.0.1")).isNull();
        headers.set("Forwarded", "for=192.0.2.7");
        assertThat(PROXIES.origin(headers, "10.0.0.1")).isEqualTo("192.0.2.7");
    }

    @Test
    void believesNobodyButAProxy() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-For", "192.0.2.7");
        assertThat(PROXIES.origin(headers, "203.0.113.9")).isNull();
        assertThat(PROXIES.origin(headers, "::ffff:10.0.0.1")).isEqualTo("192.0.2.7");
        assertThat(new Forwarded(List.of()).origin(headers, "10.0.0.1")).isNull();
    }

    private static String origin(String header, String value) {
        return PROXIES.origin(MultiMap.caseInsensitiveMultiMap().add(header, value), "10.0.0.1");
    }
}
