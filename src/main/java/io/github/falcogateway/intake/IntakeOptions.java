package io.github.falcogateway.intake;

import java.time.Duration;

/**
 * What the doorway holds back. Immutable.
 *
 * @param perSource events a second that one address may send; 0 for no limit
 * @param dedupWindow how long a delivery is remembered so that the same again is not routed twice; zero for never
 */
public record IntakeOptions(double perSource, Duration dedupWindow) {

    /** Nothing is held back. */
    public static IntakeOptions defaults() {
        return new IntakeOptions(0, Duration.ZERO);
    }
}
