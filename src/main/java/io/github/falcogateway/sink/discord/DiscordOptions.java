package io.github.falcogateway.sink.discord;

import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.Endpoint;
import io.github.falcogateway.sink.Remote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Discord sink is told. Immutable.
 *
 * @param url the webhook's address, which is its credential; {@code ?thread_id=} and other parameters are kept
 * @param threadId the thread to post into; empty for the channel itself, or what the address says
 * @param look how messages look
 * @param budget the most messages a minute into the channel
 * @param channel a name that sinks of one channel share; empty to learn it from Discord's answers
 * @param timeout how long one message may take, from connecting to the last byte of the answer
 */
public record DiscordOptions(Secret url, String threadId, Look look, int budget, String channel, Duration timeout)
        implements Remote {

    /** How many events to hand over at once: one message, so that what is urgent is in the next. */
    public static final int BATCH = Limits.EMBEDS;

    /** Well below what Discord takes, as other webhooks may write to the channel as well. */
    public static final int BUDGET = 20;

    /** Discord takes more than this from no channel, without saying so. */
    public static final int MOST = Limits.MESSAGES_PER_WINDOW;

    /** The webhook's own name, no mentions, five seconds. */
    public static DiscordOptions of(Secret url) {
        return new DiscordOptions(url, "", Look.defaults("http://127.0.0.1:2801"), BUDGET, "", Duration.ofSeconds(5));
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of(url.reveal()));
    }

    /** The same with links to the live view there. */
    public DiscordOptions linking(String publicUrl) {
        Look linked = new Look(
                look.username(),
                look.avatarUrl(),
                look.mentions(),
                look.silentBelow(),
                look.fields(),
                look.template(),
                publicUrl);
        return new DiscordOptions(url, threadId, linked, budget, channel, timeout);
    }

    /** What is wrong, one line each and without the address; empty when all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(Webhook.problems(url));
        problems.addAll(look.problems());
        if (!threadId.matches("[0-9]{0,20}")) {
            problems.add("thread_id: a thread is named by its id, digits only");
        }
        if (budget < 1) {
            problems.add("budget: at least one message a minute");
        }
        return problems;
    }
}
