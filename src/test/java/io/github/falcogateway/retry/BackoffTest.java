package io.github.falcogateway.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final int MANY = 2000;

    @Test
    void waitsUpToTwiceAsLongAfterEachFaultButNeverLongerThanTheMost() {
        long[] longest = {100, 200, 400, 800, 1000, 1000};
        for (int fault = 0; fault < longest.length; fault++) {
            int before = fault;
            LongStream waits = LongStream.generate(() -> after(before)).limit(MANY);
            assertThat(waits.summaryStatistics()).satisfies(all -> {
                assertThat(all.getMin()).isBetween(1L, longest[before] / 5);
                assertThat(all.getMax()).isBetween(longest[before] * 4 / 5, longest[before]);
            });
        }
    }

    @Test
    void staysWithinItsBoundsHoweverManyFaultsCome() {
        Backoff backoff = new Backoff(Duration.ofHours(1), Duration.ofHours(2));
        for (int i = 0; i < MANY; i++) {
            assertThat(backoff.next()).isBetween(1L, Duration.ofHours(2).toMillis());
        }
    }

    @Test
    void beginsAnewOnceItWorked() {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofDays(1));
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }
        assertThat(backoff.faults()).isEqualTo(10);
        backoff.reset();
        assertThat(backoff.faults()).isZero();
        assertThat(backoff.next()).isEqualTo(1);
    }

    /** The wait after so many faults before. */
    private static long after(int faults) {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
        for (int i = 0; i < faults; i++) {
            backoff.next();
        }
        return backoff.next();
    }
}
