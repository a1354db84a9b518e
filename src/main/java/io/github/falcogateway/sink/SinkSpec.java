package io.github.falcogateway.sink;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One sink as configured. Immutable.
 *
 * @param name its name in the configuration
 * @param type its type, such as {@code discord}
 * @param options what every sink can be told
 * @param flood what holds a flood back, for a sink that people read; null for one that takes everything
 * @param maker makes the sink, on its event loop
 */
public record SinkSpec(
        String name,
        String type,
        SinkOptions options,
        @Nullable FloodOptions flood,
        Supplier<Sink> maker) {}
