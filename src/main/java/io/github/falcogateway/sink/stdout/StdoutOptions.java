package io.github.falcogateway.sink.stdout;

/** What a stdout sink is told: nothing. Immutable. */
public record StdoutOptions() {}
