package io.github.falcogateway.sink.kafka;

import io.github.falcogateway.sink.ClientTls;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;

/** The settings of a producer that loses nothing and keeps the order of each key. */
public final class ProducerSettings {

    private static final String PEM = "PEM";
    /** What the promises of the sink stand on, and what its own keys say. */
    private static final Set<String> OURS = Set.of(
            "bootstrap.servers",
            "acks",
            "enable.idempotence",
            "retries",
            "max.in.flight.requests.per.connection",
            "partitioner.class",
            "partitioner.ignore.keys",
            "compression.type",
            "max.block.ms",
            "request.timeout.ms",
            "delivery.timeout.ms",
            "linger.ms",
            "key.serializer",
            "value.serializer",
            "transactional.id");

    private ProducerSettings() {}

    /** The names that the producer knows; another may be one of a class that a setting names. */
    public static Set<String> known() {
        return ProducerConfig.configNames();
    }

    /** What is wrong with a setting by its name, in words without its value; empty where nothing is. */
    public static String problem(String name, String value) {
        if (OURS.contains(name)) {
            return "is the sink's own";
        }
        return ProducerConfig.configDef().validate(Map.of(name, value)).stream()
                .filter(checked -> checked.name().equals(name))
                .flatMap(checked -> checked.errorMessages().stream())
                .map(message -> message.replace("Invalid value " + value + " for configuration " + name, ""))
                .map(message -> "has a value that Kafka does not take"
                        + (value.isEmpty() ? message : message.replace(value, "***")))
                .findFirst()
                .orElse("");
    }

    static Map<String, Object> of(KafkaOptions options) {
        Map<String, Object> settings = new HashMap<>();
        ClientTls tls = options.tls();
        if (tls != null) {
            settings.put("security.protocol", "SSL");
            tls(tls, settings);
        }
        options.properties().forEach((name, value) -> settings.put(name, value.reveal()));
        int timeout = (int) Math.max(1000, Math.min(options.timeout().toMillis(), Integer.MAX_VALUE / 4));
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", options.brokers()));
        settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "falco-gateway");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, options.compression());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        // The producer never gives one up and goes on with the next: that would change their order. The sink's own
        // timeout ends it.
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return settings;
    }

    private static void tls(ClientTls tls, Map<String, Object> settings) {
        if (tls.ca() != null) {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            settings.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, tls.ca());
        }
        if (tls.cert() != null && tls.key() != null) {
            settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            settings.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, tls.cert());
            settings.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, tls.key().reveal());
        }
    }
}
