package io.github.falcogateway.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyCollectorTest {

    @ParameterizedTest
    @CsvSource({
        // An eighth of what is announced has come: room for all of it, once.
        "128, 64, 1000, 100000, 1000",
        // Less has come: whoever announces much and sends little takes little.
        "124, 64, 1000, 100000, 128",
        "65, 64, 0, 100000, 128",
        "300, 64, 0, 100000, 300",
        // More comes than was announced, or than is allowed.
        "65, 64, 10, 100000, 128",
        "128, 64, 1000, 500, 500",
        "499, 400, 0, 500, 500",
    })
    void makesRoomForWhatIsAnnouncedOnceSomeOfItHasCome(int needed, int had, long announced, int limit, int room) {
        assertThat(BodyCollector.room(needed, had, announced, limit)).isEqualTo(room);
    }
}
