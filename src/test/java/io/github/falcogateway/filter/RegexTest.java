package io.github.falcogateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.SampleEvents;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RegexTest {

    /** What an event loop has. */
    private static final long STACK = 1 << 20;

    @Test
    void oneThatGoesTooDeepMatchesNothingAndEndsNothing() throws Exception {
        Filter filter = Filter.compile("host regex '(((a|){40}){50})' or host = web-01", Definitions.none());
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        new Thread(
                        null,
                        () -> answer.completeAsync(
                                () -> filter.test(SampleEvents.at(1).build().event()), Runnable::run),
                        "asking",
                        STACK)
                .start();
        assertThat(answer.get(60, TimeUnit.SECONDS)).isTrue();
    }
}
