package io.github.falcogateway.live;

import java.util.HashMap;
import java.util.Map;

/**
 * What the journal has newly taken, as the streams tell it. Immutable.
 *
 * @param firstId the first event's place
 * @param lastId the last event's place
 * @param shares what each audience gets; one that gets nothing is not in it
 */
record Flush(long firstId, long lastId, Map<Audience, Audience.Share> shares) {

    /** Puts together what came for each audience. */
    static Flush of(long firstId, long lastId, Map<Audience, Audience.Batch> batches, Packer packer) {
        Map<Audience, Audience.Share> shares = new HashMap<>();
        batches.forEach((audience, batch) -> shares.put(audience, batch.share(packer)));
        return new Flush(firstId, lastId, shares);
    }
}
