package io.github.falcogateway.sink.kafka;

import io.github.falcogateway.sink.ClientTls;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;

/** The settings of a producer that loses nothing and keeps the order of each key. */
final class ProducerSettings {

    private static final String PEM = "PEM";

    private ProducerSettings() {}

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
