package io.github.falcogateway.sink.discord;

import io.github.falcogateway.sink.ClientTls;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.HttpPoster;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Sink;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends events to a Discord channel through its webhook. Confined to one event loop. */
public final class DiscordSink implements Sink {

    private static final int FORBIDDEN = 3;

    private final Vertx vertx;
    private final DiscordOptions options;
    private final Links links;
    /** Outlives the connection: what Discord asked for holds after a resume as well. */
    private final Pace pace;
    /** How many answers in a row were 403. */
    private int forbidden;

    private @Nullable Channel channel;

    /**
     * A sink that is not open yet.
     *
     * @param view where people find the live view as of now, where the options do not say
     * @throws IllegalArgumentException if the options have {@link DiscordOptions#problems}
     */
    public DiscordSink(Vertx vertx, DiscordOptions options, Budgets budgets, Supplier<String> view) {
        List<String> problems = options.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        this.vertx = vertx;
        this.options = options;
        String publicUrl = options.look().publicUrl();
        links = new Links(publicUrl.isEmpty() ? view : () -> publicUrl);
        pace = new Pace(budgets, Webhook.name(options.url()), options.channel(), options.budget());
    }

    @Override
    public Future<Void> open() {
        if (channel == null) {
            Webhook webhook = Webhook.of(options.url(), options.threadId());
            HttpPoster poster = new HttpPoster(vertx, webhook.request(), ClientTls.defaults(), options.timeout());
            Look look = options.look();
            channel = new Channel(
                    look, new EventEmbed(look, links), new MessageWriter(look), poster, pace, new Caution());
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Outcome> deliver(List<Delivery> batch) {
        if (channel == null) {
            return Future.succeededFuture(
                    Outcome.stopped(0, Fault.passing(FaultReason.INTERNAL, "the sink is not open")));
        }
        return new DeliveryRun(channel, batch).start().map(this::forbid);
    }

    @Override
    public Duration pause(boolean urgent) {
        return pace.pause(urgent);
    }

    /** One 403 may pass, several in a row do not; and Discord bans an address that goes on asking. */
    private Outcome forbid(Outcome outcome) {
        Fault fault = outcome.fault();
        boolean refused = fault != null && fault.reason() == FaultReason.UNAUTHORIZED && !fault.hold();
        forbidden = refused ? forbidden + 1 : 0;
        return fault == null || forbidden < FORBIDDEN
                ? outcome
                : new Outcome(outcome.done(), outcome.refused(), Fault.holding(fault.reason(), fault.detail()));
    }

    @Override
    public Future<Void> close() {
        if (channel == null) {
            return Future.succeededFuture();
        }
        HttpPoster poster = channel.poster();
        channel = null;
        return poster.close();
    }
}
