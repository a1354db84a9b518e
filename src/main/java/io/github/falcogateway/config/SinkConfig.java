package io.github.falcogateway.config;

import io.github.falcogateway.sink.SinkOptions;

/**
 * One sink as configured. Immutable.
 *
 * @param name its name
 * @param type its type, such as {@code discord}
 * @param common what every sink can be told
 * @param own the options record of its type
 */
public record SinkConfig(String name, String type, SinkOptions common, Record own) {}
