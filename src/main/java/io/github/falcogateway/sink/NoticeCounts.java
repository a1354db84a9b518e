package io.github.falcogateway.sink;

/**
 * What became of the events that were routed to a sink for people. Immutable.
 *
 * @param routed all of them
 * @param announced told one by one
 * @param grouped counted in messages that tell several together
 * @param silenced held back by a silence
 * @param dead in the dead letters
 * @param pending not told yet: in open groups, or in messages that are not delivered
 */
public record NoticeCounts(long routed, long announced, long grouped, long silenced, long dead, long pending) {}
