package io.github.falcogateway.sink.file;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** How much of the machine's processors is in use, looked at once a second. Confined to one thread. */
final class Processors {

    private static final double BUSY = 0.75;
    private static final long EVERY_NANOS = 1_000_000_000;

    private final @Nullable OperatingSystemMXBean system =
            ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known ? known : null;

    private long asked = System.nanoTime() - EVERY_NANOS;
    private boolean busy;

    /** Whether more than three quarters are; false where that cannot be known. */
    boolean areBusy() {
        long now = System.nanoTime();
        if (system != null && now - asked >= EVERY_NANOS) {
            asked = now;
            busy = system.getCpuLoad() > BUSY;
        }
        return busy;
    }
}
