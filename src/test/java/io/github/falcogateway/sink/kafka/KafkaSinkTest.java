package io.github.falcogateway.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.telemetry.FaultReason;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaSinkTest {

    private final Vertx vertx = Vertx.vertx();
    private final Failing producer = new Failing();

    /** Kafka's own stand-in, which fails the records it is told to, by their place. */
    private static final class Failing extends MockProducer<byte[], byte[]> {

        private final Map<Integer, RuntimeException> failures = new HashMap<>();
        private int sent;

        Failing() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized java.util.concurrent.Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> sending) {
            RuntimeException failure = failures.get(sent++);
            return failure == null ? super.send(sending) : CompletableFuture.failedFuture(failure);
        }
    }

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void sendsTheKeptEventWithTheHostAsItsKey() {
        List<Delivery> events = events(3);
        assertThat(get(sink().deliver(events))).isEqualTo(Outcome.delivered(events));
        assertThat(producer.history()).hasSize(3).allSatisfy(sent -> {
            assertThat(sent.topic()).isEqualTo("falco");
            assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("web-1");
        });
        assertThat(producer.history().get(2).value())
                .isEqualTo(events.get(2).event().json());
    }

    @Test
    void comesAgainFromTheFirstEventThatFailedOn() {
        producer.failures.put(2, new TimeoutException("3 record(s) expired"));
        Outcome outcome = get(sink().deliver(events(5)));
        assertThat(outcome.done()).isEqualTo(2);
        assertThat(outcome.fault().reason()).isEqualTo(FaultReason.TIMEOUT);
        assertThat(outcome.fault().hold()).isFalse();
    }

    @Test
    void anEventThatIsTooLargeDiesAlone() {
        producer.failures.put(1, new RecordTooLargeException("big"));
        Outcome outcome = get(sink().deliver(events(4)));
        assertThat(outcome.done()).isEqualTo(4);
        assertThat(outcome.refused().keySet()).containsExactly(1);
        assertThat(outcome.fault()).isNull();
    }

    @Test
    void holdsWhereTheClusterDoesNotLetUsAndLooksAgain() {
        producer.failures.put(0, new TopicAuthorizationException("falco"));
        Outcome outcome = get(sink().deliver(events(2)));
        assertThat(outcome.done()).isZero();
        assertThat(outcome.fault().hold()).isTrue();
        assertThat(outcome.fault().retryAfter()).isNotNull();
        assertThat(outcome.fault().reason()).isEqualTo(FaultReason.UNAUTHORIZED);
    }

    @Test
    void tellsOfAClientThatIsNoneWithoutItsSettings() {
        KafkaSink unmade = new KafkaSink(vertx, options(Map.of()), () -> {
            throw new ConfigException("sasl.jaas.config", "planted", "planted");
        });
        get(unmade.open());
        Outcome outcome = get(unmade.deliver(events(2)));
        assertThat(outcome.done()).isZero();
        assertThat(outcome.fault().hold()).isFalse();
        assertThat(outcome.fault().detail()).contains("settings").doesNotContain("planted");
    }

    @Test
    void theProducerLosesNothingAndKeepsTheOrder() {
        Map<String, Object> settings = ProducerSettings.of(options(Map.of("sasl.mechanism", new Secret("PLAIN"))));
        assertThat(settings)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("bootstrap.servers", "k1:9092,k2:9092")
                .containsEntry("sasl.mechanism", "PLAIN");
        // The client itself finds nothing wrong with them.
        assertThat(new org.apache.kafka.clients.producer.ProducerConfig(
                                with(settings, "key.serializer", "value.serializer"))
                        .getBoolean("enable.idempotence"))
                .isTrue();
    }

    private static Map<String, Object> with(Map<String, Object> settings, String... serializers) {
        Map<String, Object> all = new HashMap<>(settings);
        for (String serializer : serializers) {
            all.put(serializer, ByteArraySerializer.class.getName());
        }
        return all;
    }

    private KafkaSink sink() {
        KafkaSink sink = new KafkaSink(vertx, options(Map.of()), () -> producer);
        get(sink.open());
        return sink;
    }

    private static KafkaOptions options(Map<String, Secret> properties) {
        return new KafkaOptions(
                List.of("k1:9092", "k2:9092"), "falco", "gzip", null, properties, Duration.ofSeconds(5));
    }

    private static List<Delivery> events(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(id -> new Delivery(TestEvents.journaled(id, "r" + id, "Error", "web-1"), ""))
                .toList();
    }

    private static <V> V get(Future<V> future) {
        try {
            return Patience.get(future);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
