package io.github.falcogateway.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What loading came to. Immutable.
 *
 * @param config null where a problem forbids running
 * @param problems all of them, warnings too
 * @param inputs what was read
 */
public record Loaded(@Nullable GatewayConfig config, List<Problem> problems, Inputs inputs) {}
