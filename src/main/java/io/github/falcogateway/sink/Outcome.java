package io.github.falcogateway.sink;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch. Immutable.
 *
 * @param done how many events, from the first on, are dealt with: delivered, or refused for good
 * @param refused of those, the positions that the receiver refuses for good, each with one line that says why
 * @param fault what stopped the rest; null when all are dealt with
 */
public record Outcome(
        int done, Map<Integer, String> refused, @Nullable Fault fault) {

    public Outcome {
        refused = Map.copyOf(refused);
    }

    /** All were delivered. */
    public static Outcome delivered(List<Delivery> batch) {
        return new Outcome(batch.size(), Map.of(), null);
    }

    /** The first {@code done} were delivered, then this happened. */
    public static Outcome stopped(int done, Fault fault) {
        return new Outcome(done, Map.of(), fault);
    }
}
