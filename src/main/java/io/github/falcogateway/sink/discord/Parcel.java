package io.github.falcogateway.sink.discord;

import io.github.falcogateway.sink.Delivery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The next message of a batch and how many of its events are in it. Immutable.
 *
 * @param events at least one
 */
record Parcel(Message message, int events) {

    /**
     * Packs as many events as fit one message, in their order.
     *
     * @param rest the events to send, at least one
     * @param most how many to pack at most
     */
    static Parcel pack(List<Delivery> rest, int most, Mentions mentions) {
        List<Embed> embeds = new ArrayList<>();
        Set<String> roles = new LinkedHashSet<>();
        int text = 0;
        for (Delivery delivery : rest.subList(0, Math.min(rest.size(), Math.min(most, Limits.EMBEDS)))) {
            Embed embed = EventEmbed.of(delivery);
            text += embed.size();
            if (text > Limits.MESSAGE_TEXT) {
                break;
            }
            embeds.add(embed);
            roles.addAll(mentions.of(delivery.event().event().priority()));
        }
        return new Parcel(new Message(List.copyOf(roles), embeds), embeds.size());
    }
}
