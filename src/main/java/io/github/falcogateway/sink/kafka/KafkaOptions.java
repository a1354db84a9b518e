package io.github.falcogateway.sink.kafka;

import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.ClientTls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a kafka sink is told. Immutable.
 *
 * @param brokers some of the cluster, each {@code HOST:PORT}
 * @param topic where to
 * @param compression {@code none} or {@code gzip}
 * @param tls how the brokers are known, and we to them; null for plain connections
 * @param properties more settings of the producer, as for SASL; their values may be credentials
 * @param timeout how long one request may take
 */
public record KafkaOptions(
        List<String> brokers,
        String topic,
        String compression,
        @Nullable ClientTls tls,
        Map<String, Secret> properties,
        Duration timeout) {

    public KafkaOptions {
        brokers = List.copyOf(brokers);
        properties = Map.copyOf(properties);
    }
}
