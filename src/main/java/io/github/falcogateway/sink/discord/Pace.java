package io.github.falcogateway.sink.discord;

import java.time.Duration;

/**
 * When the next message of one webhook may go: what Discord asked for, and the budget of its channel. Confined to one
 * event loop.
 */
final class Pace {

    private final Budgets budgets;
    private final int perWindow;
    private final boolean named;
    private final Budget webhook;
    private Budget channel;

    /**
     * A pace.
     *
     * @param webhook what tells the webhook from others
     * @param channel the name of its channel; empty where Discord is to say it
     * @param perWindow the most messages in a window
     */
    Pace(Budgets budgets, String webhook, String channel, int perWindow) {
        this.budgets = budgets;
        this.perWindow = perWindow;
        this.named = !channel.isEmpty();
        this.webhook = budgets.of("webhook " + webhook);
        this.channel = named ? budgets.of("name " + channel) : this.webhook;
    }

    /** How long to wait before the next message; zero for not at all. */
    Duration pause(boolean urgent) {
        Duration wait = longer(budgets.pause(), webhook.pause(true, Integer.MAX_VALUE));
        return longer(wait, channel.pause(urgent, perWindow));
    }

    /** A message goes out now; a refused one counts as well. */
    void sent(boolean urgent) {
        channel.sent(urgent);
    }

    /** The channel as Discord names it; sinks that learn the same share its budget. */
    void learned(String id) {
        if (!named && channel == webhook) {
            channel = budgets.of("channel " + id);
            channel.sent(true);
        }
    }

    /** Nothing goes out of this webhook for so long. */
    void waitFor(Duration time) {
        webhook.waitFor(time);
    }

    /** Nothing goes into the channel for so long. */
    void waitForChannel(Duration time) {
        webhook.waitFor(time);
        channel.waitFor(time);
    }

    /** Nothing goes out of this address for so long. */
    void waitEverywhere(Duration time) {
        budgets.waitEverywhere(time);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
