package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpTargetTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void waitsAsLongAsTheReceiverAsks() {
        assertThat(HttpTarget.wait("120", NOW)).isEqualTo(Duration.ofMinutes(2));
        assertThat(HttpTarget.wait("Wed, 25 Nov 2026 12:00:30 GMT", NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(HttpTarget.wait("Wed, 25 Nov 2026 11:00:30 GMT", NOW)).isEqualTo(Duration.ZERO);
        assertThat(HttpTarget.wait("999999999", NOW)).isEqualTo(Duration.ofDays(1));
        assertThat(HttpTarget.wait("soon", NOW)).isNull();
        assertThat(HttpTarget.wait(null, NOW)).isNull();
    }

    @Test
    void holdsAndLooksAgainWhereTheReceiverDoesNotKnowUs() {
        for (int status : new int[] {401, 403, 404, 405, 410, 302}) {
            Fault fault = HttpTarget.fault(new HttpReply(status, HttpHeaders.headers(), ""));
            assertThat(fault).isNotNull();
            assertThat(fault.hold()).isTrue();
            assertThat(fault.retryAfter()).isNotNull();
        }
    }

    @Test
    void refusesOneBodyAndRetriesTheRest() {
        for (int status : new int[] {400, 413, 415, 422}) {
            assertThat(HttpTarget.fault(new HttpReply(status, HttpHeaders.headers(), "")))
                    .isNull();
        }
        for (int status : new int[] {408, 429, 500, 503}) {
            Fault fault = HttpTarget.fault(new HttpReply(status, HttpHeaders.headers(), ""));
            assertThat(fault).isNotNull();
            assertThat(fault.hold()).isFalse();
        }
    }
}
