package io.github.falcogateway.sink;

import java.util.List;

/**
 * One stretch of the journal as one sink sees it. Immutable.
 *
 * @param firstId the first place of the stretch
 * @param lastId the last place of the stretch
 * @param deliveries the events of the stretch that are for this sink, in order; often none
 */
public record SinkBatch(long firstId, long lastId, List<Delivery> deliveries) {

    /** The same for a sink that takes everything: nothing is explained away there. */
    SinkBatch withoutMarks() {
        return deliveries.stream().noneMatch(Delivery::isMark)
                ? this
                : new SinkBatch(
                        firstId,
                        lastId,
                        deliveries.stream()
                                .filter(delivery -> !delivery.isMark())
                                .toList());
    }
}
