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
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sends events to a Discord channel through its webhook. Confined to one event loop. */
public final class DiscordSink implements Sink {

    private final Vertx vertx;
    private final DiscordOptions options;
    /** Outlives the connection: what Discord asked for holds after a resume as well. */
    private final Pace pace;

    private @Nullable Channel channel;

    /**
     * A sink that is not open yet.
     *
     * @throws IllegalArgumentException if the options have {@link DiscordOptions#problems}
     */
    public DiscordSink(Vertx vertx, DiscordOptions options) {
        this(vertx, options, System::nanoTime);
    }

    DiscordSink(Vertx vertx, DiscordOptions options, LongSupplier nanos) {
        List<String> problems = options.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        this.vertx = vertx;
        this.options = options;
        pace = new Pace(nanos, options.budget());
    }

    @Override
    public Future<Void> open() {
        if (channel == null) {
            HttpPoster poster =
                    new HttpPoster(vertx, Webhook.of(options.url()).request(), ClientTls.defaults(), options.timeout());
            channel = new Channel(new MessageWriter(options.username()), poster, pace, options.mentions());
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Outcome> deliver(List<Delivery> batch) {
        if (channel == null) {
            return Future.succeededFuture(
                    Outcome.stopped(0, Fault.passing(FaultReason.INTERNAL, "the sink is not open")));
        }
        return new DeliveryRun(vertx, channel, batch).start();
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
