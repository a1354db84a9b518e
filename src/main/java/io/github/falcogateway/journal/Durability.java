package io.github.falcogateway.journal;

/** What a sender insists on. */
public enum Durability {
    /** Take it as the journal is configured: in memory while the disk refuses, rather than lose it. */
    CONFIGURED,
    /** Take it durably or not at all: the sender keeps it and comes again. */
    REQUIRED
}
