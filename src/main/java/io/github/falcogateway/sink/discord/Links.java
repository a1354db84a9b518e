package io.github.falcogateway.sink.discord;

import io.github.falcogateway.event.JournaledEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Where the live view shows what a message tells. Immutable. No two embeds of a message share an address: Discord shows
 * only the first of those that do.
 *
 * @param view the address of the live view, as of now
 */
record Links(Supplier<String> view) {

    private static final int LONGEST = 2048;

    /** One event; for a word of the gateway's own the page. */
    String event(JournaledEvent event) {
        return event.id() > 0
                ? view.get() + "/?event=" + event.id()
                : view.get() + "/?notice=" + event.event().time().toEpochMilli() + "-"
                        + Integer.toHexString(event.event().rule().hashCode());
    }

    /** The events that a condition takes; the newest of them where there is no condition, or too long a one. */
    String group(String filter, JournaledEvent newest) {
        String link =
                view.get() + "/?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8) + "&event=" + newest.id();
        return filter.isEmpty() || link.length() > LONGEST ? event(newest) : link;
    }
}
