package io.github.falcogateway.sink;

import java.util.function.Supplier;

/**
 * One sink as configured. Immutable.
 *
 * @param name its name in the configuration
 * @param type its type, such as {@code discord}
 * @param options what every sink can be told
 * @param maker makes the sink, on its event loop
 */
public record SinkSpec(String name, String type, SinkOptions options, Supplier<Sink> maker) {}
