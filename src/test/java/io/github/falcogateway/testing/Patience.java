package io.github.falcogateway.testing;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Lets every test wait for longer than it needs here, a busy machine is slow, not wrong, and look often meanwhile. */
public final class Patience implements LauncherSessionListener {

    private static final long SLICE_MS = 100;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        // The first look comes after as long as the next one.
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    }

    /**
     * What a future brings, waited for in the time that this process runs: where it is stopped meanwhile, such as for a
     * measurement on the same machine, the clock of {@link CompletableFuture#get(long, TimeUnit)} goes on.
     */
    static <T> T get(Future<T> future, Duration running) throws Exception {
        CompletableFuture<T> result = future.toCompletionStage().toCompletableFuture();
        for (long left = running.toMillis() / SLICE_MS; ; left--) {
            try {
                return result.get(SLICE_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                if (left <= 1) {
                    throw notYet;
                }
            }
        }
    }
}
