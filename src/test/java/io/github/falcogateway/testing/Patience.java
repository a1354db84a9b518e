package io.github.falcogateway.testing;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets every test wait by what this process gets done, not by the clock: on a machine that gives it no processor, or stops
 * it for a measurement beside it, a minute brings nothing, which is slow and not wrong.
 */
public final class Patience implements LauncherSessionListener {

    /** For what can be told nothing but a time, such as a socket; longer than a process is stopped for a measurement. */
    public static final Duration LIMIT = Duration.ofMinutes(5);

    /** For a condition that never returns, and for other processes. */
    private static final Duration END = Duration.ofMinutes(30);

    /** So often a test looks, a minute or a little more where the machine does nothing else. */
    private static final int LOOKS = 6000;

    private static final int LOOK_MS = 10;
    private static final int SLICES = 600;
    private static final int SLICE_MS = 100;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(END);
        // The first look comes after as long as the next one.
        Awaitility.setDefaultPollInterval((looks, before) -> {
            if (looks >= LOOKS) {
                // It is told with what was waited for, as if the time were over.
                Patience.<RuntimeException>end(new TimeoutException("looked " + looks + " times"));
            }
            return Duration.ofMillis(LOOK_MS);
        });
    }

    /** Waits by the clock, for long: another process may get less of the machine than this one, which looks at it. */
    public static ConditionFactory awaitOther() {
        return Awaitility.await().pollInterval(Duration.ofMillis(LOOK_MS));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void end(TimeoutException over) throws E {
        throw (E) over;
    }

    /** What a future brings, waited for through a minute of short waits. */
    public static <T> T get(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<T> result = future.toCompletionStage().toCompletableFuture();
        for (int left = SLICES; ; left--) {
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
