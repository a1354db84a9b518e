package io.github.falcogateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AudienceTest {

    private static final int MOST = 10;

    private final Audience audience = new Audience(null);

    @Test
    void putsWhatWaitsBehindEachOther() {
        audience.add(new Frame(1, Buffer.buffer("one,")), MOST);
        audience.add(new Frame(2, Buffer.buffer("two,")), MOST);
        assertThat(share().all().toString()).isEqualTo("one,two,");
        assertThat(audience.share()).isNull();
    }

    @Test
    void leavesToTheJournalWhatIsTooMuchForEachStream() {
        audience.add(new Frame(1, Buffer.buffer("one,")), MOST);
        audience.add(new Frame(2, Buffer.buffer("two,three,four,")), MOST);
        audience.add(new Frame(3, Buffer.buffer("five,")), MOST);
        // Not nothing: the streams are to know that there is something for them.
        assertThat(share().frames()).isEmpty();
        audience.add(new Frame(4, Buffer.buffer("six,")), MOST);
        assertThat(share().frames()).hasSize(1);
    }

    private Audience.Share share() {
        return Objects.requireNonNull(audience.share());
    }
}
