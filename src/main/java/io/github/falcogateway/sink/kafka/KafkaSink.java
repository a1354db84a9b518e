package io.github.falcogateway.sink.kafka;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Sink;
import io.github.falcogateway.sink.TlsFault;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to a topic, the host as the key, so that a host's events stay in one partition in their order; done once
 * every in-sync replica has them. The producer blocks now and then: it has a worker. Confined to one event loop.
 */
public final class KafkaSink implements Sink {

    private static final Duration PROBE = Duration.ofMinutes(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final KafkaOptions options;
    private final Supplier<Producer<byte[], byte[]>> maker;
    private final WorkerExecutor worker;
    private @Nullable Producer<byte[], byte[]> producer;

    public KafkaSink(Vertx vertx, KafkaOptions options) {
        this(
                vertx,
                options,
                () -> new KafkaProducer<>(
                        ProducerSettings.of(options), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    KafkaSink(Vertx vertx, KafkaOptions options, Supplier<Producer<byte[], byte[]>> maker) {
        this.options = options;
        this.maker = maker;
        this.worker = vertx.createSharedWorkerExecutor("kafka-" + options.topic(), 1);
    }

    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Outcome> deliver(List<Delivery> batch) {
        return worker.executeBlocking(() -> {
            try {
                Producer<byte[], byte[]> to = producer == null ? maker.get() : producer;
                producer = to;
                return send(to, batch);
            } catch (KafkaException unmade) {
                return Outcome.stopped(0, unmade(unmade));
            }
        });
    }

    @Override
    public Future<Void> close() {
        return worker.<Void>executeBlocking(() -> {
                    if (producer != null) {
                        producer.close(CLOSE);
                    }
                    return null;
                })
                .eventually(worker::close);
    }

    private Outcome send(Producer<byte[], byte[]> to, List<Delivery> batch) throws InterruptedException {
        long end = System.nanoTime() + options.timeout().toNanos();
        List<java.util.concurrent.Future<?>> sent = new ArrayList<>(batch.size());
        for (Delivery delivery : batch) {
            java.util.concurrent.Future<?> one = send(to, delivery.event());
            sent.add(one);
            if (one.isDone() && stops(failure(one, end))) {
                // Each further one would wait for the broker as long as this one has.
                break;
            }
        }
        Map<Integer, String> refused = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            Throwable failed = failure(sent.get(i), end);
            if (stops(failed)) {
                abandon(to);
                return new Outcome(i, refused, fault(failed));
            }
            if (failed != null) {
                refused.put(i, "larger than the topic or the producer allows");
            }
        }
        return new Outcome(batch.size(), refused, null);
    }

    private static boolean stops(@Nullable Throwable failed) {
        return failed != null && !(failed instanceof RecordTooLargeException);
    }

    /**
     * What comes after the first event that failed must not arrive before it: this producer sends nothing any more, and
     * the next one begins with that event.
     */
    private void abandon(Producer<byte[], byte[]> failed) {
        producer = null;
        failed.close(Duration.ZERO);
    }

    private java.util.concurrent.Future<?> send(Producer<byte[], byte[]> to, JournaledEvent event) {
        byte[] host = event.event().host().getBytes(StandardCharsets.UTF_8);
        try {
            return to.send(new ProducerRecord<>(options.topic(), host, event.json()));
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private static @Nullable Throwable failure(java.util.concurrent.Future<?> sent, long end)
            throws InterruptedException {
        try {
            sent.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return null;
        } catch (java.util.concurrent.TimeoutException late) {
            return new TimeoutException("no confirmation in time");
        } catch (ExecutionException failed) {
            return failed.getCause() == null ? failed : failed.getCause();
        }
    }

    /** No producer comes of the settings, whose values the client's own words repeat. */
    private static Fault unmade(KafkaException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage()).startsWith("No resolvable bootstrap")
                ? Fault.passing(FaultReason.UNREACHABLE, "no name of brokers leads to an address")
                : Fault.passing(
                        FaultReason.INTERNAL,
                        "the client takes no such settings, as of TLS or SASL: "
                                + cause.getClass().getSimpleName());
    }

    /** In words of our own: the client's may hold an address or a credential. */
    private static Fault fault(@Nullable Throwable failure) {
        Throwable failed = Objects.requireNonNull(failure);
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        String name = cause.getClass().getSimpleName();
        if (is(AuthenticationException.class, failed, cause) || is(AuthorizationException.class, failed, cause)) {
            String tls = TlsFault.of(failed);
            String detail = tls == null ? "the cluster does not let us: " + name : tls;
            return Fault.probing(FaultReason.UNAUTHORIZED, detail, PROBE);
        }
        if (is(UnknownTopicOrPartitionException.class, failed, cause)
                || is(InvalidTopicException.class, failed, cause)) {
            return Fault.probing(FaultReason.NOT_FOUND, "there is no such topic", PROBE);
        }
        return is(TimeoutException.class, failed, cause)
                ? Fault.passing(FaultReason.TIMEOUT, "no broker, topic or in-sync replica in time")
                : Fault.passing(FaultReason.UNREACHABLE, name);
    }

    private static boolean is(Class<? extends Throwable> type, Throwable one, Throwable other) {
        return type.isInstance(one) || type.isInstance(other);
    }
}
