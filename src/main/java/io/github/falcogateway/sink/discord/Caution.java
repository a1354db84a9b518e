package io.github.falcogateway.sink.discord;

/** How many of the next deliveries go one by one, as Discord refused a message with all of them. Confined to one event loop. */
final class Caution {

    private int left;

    /** So many go one by one from now on. */
    void of(int deliveries) {
        left = deliveries;
    }

    void settled(int deliveries) {
        left = Math.max(0, left - deliveries);
    }

    /** How many may be in the next message. */
    int most() {
        return left > 0 ? 1 : Limits.EMBEDS;
    }
}
