package io.github.falcogateway.sink.discord;

import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.Endpoint;
import io.github.falcogateway.sink.Remote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a Discord sink is told. Immutable.
 *
 * @param url the webhook's address, which is its credential; {@code ?thread_id=} and other parameters are kept
 * @param username the name the messages come under; empty for the webhook's own
 * @param mentions the roles that bad events call
 * @param budget the most messages a minute
 * @param timeout how long one message may take, from connecting to the last byte of the answer
 */
public record DiscordOptions(Secret url, String username, Mentions mentions, int budget, Duration timeout)
        implements Remote {

    /** How many events to hand over at once: one message, so that what is urgent is in the next. */
    public static final int BATCH = 10;

    /** Discord takes more than this from no webhook, without saying so. */
    public static final int BUDGET = Limits.MESSAGES_PER_WINDOW;

    /** The webhook's own name, no mentions, five seconds. */
    public static DiscordOptions of(Secret url) {
        return new DiscordOptions(url, "", Mentions.none(), Limits.MESSAGES_PER_WINDOW, Duration.ofSeconds(5));
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of(url.reveal()));
    }

    /** What is wrong, one line each and without the address; empty when all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(Webhook.problems(url));
        problems.addAll(usernameProblems());
        problems.addAll(mentions.problems());
        if (timeout.isNegative() || timeout.toMillis() == 0) {
            problems.add("timeout: must be longer than nothing");
        }
        if (budget < 1) {
            problems.add("budget: at least one message a minute");
        }
        return problems;
    }

    /** The rules are at https://docs.discord.com/developers/resources/webhook#create-webhook. */
    private List<String> usernameProblems() {
        List<String> problems = new ArrayList<>();
        String lower = username.toLowerCase(Locale.ROOT);
        if (lower.contains("clyde") || lower.contains("discord")) {
            problems.add("username: Discord refuses names that contain \"clyde\" or \"discord\"");
        }
        if (username.codePointCount(0, username.length()) > Limits.USERNAME) {
            problems.add("username: at most " + Limits.USERNAME + " characters");
        }
        if (!username.equals(VisibleText.of(username, Limits.USERNAME + 1))) {
            problems.add("username: no control or invisible characters, no space at either end");
        }
        return problems;
    }
}
