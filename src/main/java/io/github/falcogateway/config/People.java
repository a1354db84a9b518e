package io.github.falcogateway.config;

import io.github.falcogateway.sink.FloodOptions;
import io.github.falcogateway.sink.discord.DiscordOptions;

/**
 * What all sinks that people read are told. Immutable.
 *
 * @param flood what is told at once, where a sink has no rule of its own
 * @param publicUrl where people find the live view; empty for where it listens
 */
record People(FloodOptions flood, String publicUrl) {

    /** The same sink with its links to the live view. */
    DiscordOptions link(DiscordOptions chat) {
        return chat.linking(publicUrl);
    }
}
