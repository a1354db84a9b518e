package io.github.falcogateway.sink.discord;

import java.util.List;

/**
 * One message: the roles it calls and its embeds. Immutable.
 *
 * @param roles ids of the roles to mention; nothing else of a message ever notifies anybody
 * @param embeds one to ten
 * @param silent whether it rings no phone
 */
record Message(List<String> roles, List<Embed> embeds, boolean silent) {

    Message {
        roles = List.copyOf(roles);
        embeds = List.copyOf(embeds);
    }

    /** The text above the embeds: the mentions of the roles; empty without any. */
    String content() {
        return String.join(" ", roles.stream().map(role -> "<@&" + role + ">").toList());
    }
}
