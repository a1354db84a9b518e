package io.github.falcogateway.live;

import java.util.Map;

/**
 * What the journal has newly taken, as the streams tell it. Immutable.
 *
 * @param firstId the first event's place
 * @param lastId the last event's place
 * @param shares what each audience gets; one that gets nothing is not in it
 */
record Flush(long firstId, long lastId, Map<Audience, Audience.Share> shares) {}
