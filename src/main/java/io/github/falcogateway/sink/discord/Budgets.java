package io.github.falcogateway.sink.discord;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The budgets of all channels, shared by the sinks of a gateway over reloads, and what Discord asks of this address as a
 * whole. Thread-safe.
 */
public final class Budgets {

    private final Map<String, Budget> channels = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private final Budget everywhere;

    public Budgets() {
        this(System::nanoTime);
    }

    /** With a clock as {@link System#nanoTime}. */
    public Budgets(LongSupplier nanos) {
        this.nanos = nanos;
        this.everywhere = new Budget(nanos);
    }

    Budget of(String channel) {
        return channels.computeIfAbsent(channel, name -> new Budget(nanos));
    }

    /** Nothing goes out of this address for so long. */
    void waitEverywhere(Duration time) {
        everywhere.waitFor(time);
    }

    /** How long nothing goes out of this address. */
    Duration pause() {
        return everywhere.pause(true, Integer.MAX_VALUE);
    }

    LongSupplier nanos() {
        return nanos;
    }
}
