package io.github.falcogateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SourceRatesTest {

    private final AtomicLong now = new AtomicLong();
    private final SourceRates rates = new SourceRates(10, now::get);

    @Test
    void letsASourceSendItsRateAtOnceAndThenMakesItWait() {
        for (int i = 0; i < 10; i++) {
            assertThat(rates.secondsToWait("10.0.0.1")).isZero();
            rates.count("10.0.0.1", 1);
        }
        assertThat(rates.secondsToWait("10.0.0.1")).isEqualTo(1);
        assertThat(rates.secondsToWait("10.0.0.2")).isZero();
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(rates.secondsToWait("10.0.0.1")).isZero();
    }

    @Test
    void aBatchMayOverdrawItAndIsWaitedFor() {
        rates.count("10.0.0.1", 60);
        assertThat(rates.secondsToWait("10.0.0.1")).isEqualTo(6);
        now.addAndGet(TimeUnit.SECONDS.toNanos(6));
        assertThat(rates.secondsToWait("10.0.0.1")).isZero();
    }

    @Test
    void remembersABoundedNumberOfAddresses() {
        for (int i = 0; i < 50_000; i++) {
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
            rates.count("address " + i, 1);
        }
        rates.count("10.0.0.1", 60);
        assertThat(rates.secondsToWait("10.0.0.1")).isPositive();
    }

    @Test
    void withoutALimitNobodyWaits() {
        SourceRates none = new SourceRates(0, now::get);
        none.count("10.0.0.1", 1_000_000);
        assertThat(none.secondsToWait("10.0.0.1")).isZero();
    }
}
