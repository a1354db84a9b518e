package io.github.falcogateway.sink.discord;

import io.github.falcogateway.event.Priority;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Form;
import io.github.falcogateway.sink.Summary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The next message of a batch and how many of its deliveries are in it. Immutable.
 *
 * @param deliveries at least one
 * @param urgent whether one of them is urgent enough to ring
 */
record Parcel(Message message, int deliveries, boolean urgent) {

    /** An embed of less than this says too little; the next message has it. */
    private static final int LEAST = 560;
    /** What tells many by their names needs room for the names. */
    private static final int NAMES = 4500;

    private static final int GROUP = 1500;

    /**
     * Packs as many as fit one message, in their order: the more wait, the less of each is shown.
     *
     * @param rest what is to be sent, at least one
     * @param most how many to pack at most
     */
    static Parcel pack(List<Delivery> rest, int most, EventEmbed writer, Look look) {
        List<Embed> embeds = new ArrayList<>();
        Set<String> roles = new LinkedHashSet<>();
        Set<String> urls = new HashSet<>();
        int count = Math.min(rest.size(), Math.min(most, Limits.EMBEDS));
        int left = Limits.MESSAGE_TEXT;
        boolean silent = true;
        for (int i = 0; i < count; i++) {
            Delivery delivery = rest.get(i);
            int room = Math.min(left, wanted(delivery, left / (count - i)));
            if (room < LEAST) {
                break;
            }
            Embed embed = writer.of(delivery, room);
            left -= embed.size();
            embeds.add(urls.add(embed.url()) ? embed : embed.at(embed.url() + "&n=" + i));
            Priority rings = rings(delivery);
            if (rings != null) {
                roles.addAll(look.mentions().of(rings));
                silent &= !rings.atLeast(look.silentBelow());
            }
        }
        return new Parcel(new Message(List.copyOf(roles), embeds, silent), embeds.size(), !silent);
    }

    private static int wanted(Delivery delivery, int share) {
        Summary summary = delivery.summary();
        if (summary == null || summary.form() == Form.NOTICE) {
            return Math.max(LEAST, share);
        }
        boolean names = summary.form() != Form.GROUP && summary.form() != Form.HELD;
        return Math.max(share, names ? NAMES : GROUP);
    }

    /** The priority it rings with; null for what nobody needs to be woken for. */
    private static @Nullable Priority rings(Delivery delivery) {
        Summary summary = delivery.summary();
        if (summary == null) {
            return delivery.event().event().countsAs();
        }
        return summary.form() == Form.DIGEST || summary.form() == Form.SILENCE ? null : summary.worst();
    }
}
