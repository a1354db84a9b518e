package io.github.falcogateway.sink;

import io.github.falcogateway.telemetry.FaultReason;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a delivery stopped. Immutable.
 *
 * @param reason the closed reason
 * @param detail one line for people; never an address with a secret in it
 * @param retryAfter how long the receiver asks to wait; null where it does not say. For one that holds, how often to
 *     look whether it is cured; null for never
 * @param hold whether trying again is useless until somebody changes something, as after 401 and 404
 */
public record Fault(
        FaultReason reason, String detail, @Nullable Duration retryAfter, boolean hold) {

    @Override
    public String toString() {
        return detail + " (" + reason.label() + ")";
    }

    /** A fault that passes: try again with backoff. */
    public static Fault passing(FaultReason reason, String detail) {
        return new Fault(reason, detail, null, false);
    }

    /** What a step that failed means: a disk that refuses, or a mistake of our own, whose words may hold a secret. */
    public static Fault of(Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        return failure instanceof IOException
                ? passing(FaultReason.DISK, failure.getMessage() == null ? kind : kind + ": " + failure.getMessage())
                : passing(FaultReason.INTERNAL, kind);
    }

    /** The receiver asks to wait this long. */
    public static Fault wait(FaultReason reason, String detail, Duration retryAfter) {
        return new Fault(reason, detail, retryAfter, false);
    }

    /** The sink stops until it is changed or resumed. */
    public static Fault holding(FaultReason reason, String detail) {
        return new Fault(reason, detail, null, true);
    }

    /** The sink stops and asks the receiver again now and then: it may be cured at the other end. */
    public static Fault probing(FaultReason reason, String detail, Duration every) {
        return new Fault(reason, detail, every, true);
    }
}
