package io.github.falcogateway.intake;

import io.github.falcogateway.event.Rejection;
import java.util.List;

/**
 * What became of a body. Immutable.
 *
 * @param accepted how many events the journal has
 * @param durable whether a restart finds them again
 * @param rejections what was no event
 */
public record Acceptance(int accepted, boolean durable, List<Rejection> rejections) {}
