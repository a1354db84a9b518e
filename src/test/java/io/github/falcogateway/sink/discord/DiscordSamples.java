package io.github.falcogateway.sink.discord;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.SampleEvents;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** Options and batches for the tests of this package. Immutable. */
final class DiscordSamples {

    private DiscordSamples() {}

    static DiscordOptions options(String url) {
        return options(url, look(), 600_000_000);
    }

    static DiscordOptions options(String url, Look look, int budget) {
        return new DiscordOptions(new Secret(url), "", look, budget, "", Duration.ofSeconds(5));
    }

    static Look look() {
        return look("Falco", Mentions.none());
    }

    static Look look(String username, Mentions mentions) {
        return new Look(username, "", mentions, Priority.CRITICAL, List.of(), "", "https://falco.example.org");
    }

    static Delivery delivery(JournaledEvent event) {
        return new Delivery(event, "all");
    }

    /** Events with the ids 1 to {@code count}, their rules {@code rule 1} and so on. */
    static List<Delivery> batch(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(id -> delivery(SampleEvents.at(id).rule("rule " + id).build()))
                .toList();
    }

    /** Delivers as the verticle around a sink does: on an event loop. */
    static Outcome deliver(Context context, DiscordSink sink, List<Delivery> batch) throws Exception {
        Promise<Outcome> outcome = Promise.promise();
        context.runOnContext(start -> sink.deliver(batch).onComplete(outcome));
        return await(outcome.future());
    }

    static <T> T await(Future<T> future) throws Exception {
        return Patience.get(future);
    }
}
