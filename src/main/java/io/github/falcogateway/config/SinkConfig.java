package io.github.falcogateway.config;

import io.github.falcogateway.sink.FloodOptions;
import io.github.falcogateway.sink.SinkOptions;
import org.jspecify.annotations.Nullable;

/**
 * One sink as configured. Immutable.
 *
 * @param name its name
 * @param type its type, such as {@code discord}
 * @param common what every sink can be told
 * @param flood what holds a flood back, for a sink that people read; null for others
 * @param own the options record of its type
 */
public record SinkConfig(
        String name,
        String type,
        SinkOptions common,
        @Nullable FloodOptions flood,
        Record own) {}
