package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.telemetry.FaultReason;
import java.io.IOException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class FaultTest {

    @Test
    void aMistakeOfOurOwnIsNotToldInItsWordsWhichMayHoldASecret() {
        Fault fault = Fault.of(new IllegalArgumentException("no address: https://discord.com/api/webhooks/1/token"));
        assertThat(fault.reason()).isEqualTo(FaultReason.INTERNAL);
        assertThat(fault.toString()).isEqualTo("IllegalArgumentException (internal)");
    }

    @Test
    void saysThatTheNameOfAReceiverIsWrongWithoutIt() {
        assertThat(HttpPoster.fault(new UnknownHostException("Failed to resolve 's3cr3t.example'"))
                        .toString())
                .isEqualTo("the name service has no address for the receiver's name (unreachable)");
    }

    @Test
    void aDiskThatRefusesSaysWhy() {
        assertThat(Fault.of(new IOException("No space left on device")).toString())
                .isEqualTo("IOException: No space left on device (disk)");
    }
}
