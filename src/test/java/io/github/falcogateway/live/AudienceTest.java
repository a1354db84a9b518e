package io.github.falcogateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AudienceTest {

    private static final int MOST = 40;
    private static final int MANY = 100;

    private final Audience audience = new Audience(null);
    private final Packer packer = new Packer();

    @Test
    void putsWhatWaitsBehindEachOther() {
        add(1, "one,");
        add(2, "two,");
        assertThat(share().all()).hasToString("one,two,");
        assertThat(audience.take(MOST)).isNull();
    }

    @Test
    void leavesToTheJournalWhatIsTooMuchForEachStream() {
        add(1, "one,");
        add(2, "two,".repeat(20));
        add(3, "five,");
        // Not nothing: the streams are to know that there is something for them.
        assertThat(share().frames()).isEmpty();
        add(4, "six,");
        assertThat(share().frames()).hasSize(1);
    }

    @Test
    void packsForManyWhatIsTooMuchAsItIs() {
        audience.join(MANY, true);
        packer.begin(MANY);
        add(1, "a".repeat(MOST));
        add(2, "a".repeat(1000));
        Audience.Share share = share();
        assertThat(share.all()).isNull();
        assertThat(share.lastId()).isEqualTo(2);
        assertThat(Objects.requireNonNull(share.packed()).length()).isEqualTo(MOST + 1000);
    }

    @Test
    void packsNothingForFewNorWithoutTime() {
        audience.join(MANY, false);
        audience.join(1, true);
        packer.begin(MANY);
        add(1, "one,");
        assertThat(share().packed()).isNull();
        audience.join(MANY, true);
        packer.begin(0);
        add(2, "two,");
        assertThat(share().packed()).isNull();
    }

    @Test
    void packsOnlyWhatItHasWhole() {
        add(1, "a".repeat(1000));
        audience.join(MANY, true);
        packer.begin(MANY);
        add(2, "a");
        assertThat(share().packed()).isNull();
    }

    private void add(long id, String text) {
        audience.add(new Frame(id, Buffer.buffer(text)), MOST);
    }

    private Audience.Share share() {
        return Objects.requireNonNull(audience.take(MOST)).share(packer);
    }
}
