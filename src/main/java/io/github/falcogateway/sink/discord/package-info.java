/** The Discord sink: events as webhook messages within Discord's limits. */
@NullMarked
package io.github.falcogateway.sink.discord;

import org.jspecify.annotations.NullMarked;
