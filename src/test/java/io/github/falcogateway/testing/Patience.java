package io.github.falcogateway.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Lets every test wait for longer than it needs here, a busy machine is slow, not wrong, and look often meanwhile. */
public final class Patience implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        // The first look comes after as long as the next one.
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    }
}
