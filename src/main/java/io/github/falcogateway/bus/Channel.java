package io.github.falcogateway.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/**
 * One event-bus address that carries values of one type, by reference and inside this process only. Thread-safe.
 *
 * @param <T> an immutable type
 */
public final class Channel<T> {

    private static final DeliveryOptions LOCAL =
            new DeliveryOptions().setLocalOnly(true).setCodecName(ByReference.NAME);

    private final Vertx vertx;
    private final String address;
    private final Class<T> type;

    public Channel(Vertx vertx, String address, Class<T> type) {
        this.vertx = vertx;
        this.address = address;
        this.type = type;
    }

    /** Makes values pass by reference on this instance's bus; once per instance, before the first channel is used. */
    public static void prepare(Vertx vertx) {
        vertx.eventBus().registerCodec(new ByReference());
    }

    /** Hands the value to one consumer; nobody listening is no error. */
    public void send(T value) {
        vertx.eventBus().send(address, value, LOCAL);
    }

    /** Hands the value to every consumer. */
    public void publish(T value) {
        vertx.eventBus().publish(address, value, LOCAL);
    }

    /** Takes values on the caller's context, in the order one sender sent them; done once it is registered. */
    public Future<MessageConsumer<T>> consume(Consumer<? super T> handler) {
        MessageConsumer<T> consumer =
                vertx.eventBus().localConsumer(address, message -> handler.accept(type.cast(message.body())));
        return consumer.completion().map(consumer);
    }
}
