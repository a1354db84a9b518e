package io.github.falcogateway.app;

import io.github.falcogateway.config.GatewayConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The keys of gateway.yaml that are read at the start alone: a reload does not open or close a port. Immutable. */
final class AtRestart {

    private static final Map<String, Function<GatewayConfig, Object>> KEYS = keys();

    private AtRestart() {}

    private static Map<String, Function<GatewayConfig, Object>> keys() {
        Map<String, Function<GatewayConfig, Object>> keys = new LinkedHashMap<>();
        keys.put("listen.http", config -> config.listen().http());
        keys.put("listen.admin", config -> String.valueOf(config.listen().admin()));
        keys.put("listen.names", config -> config.listen().names());
        // Other files, and other contents of them, are taken.
        keys.put("listen.tls", config -> config.listen().tls() == null);
        keys.put("listen.grpc", config -> String.valueOf(config.listen().grpc()));
        keys.put("limits", GatewayConfig::limits);
        keys.put("limits.per_source or dedup", GatewayConfig::intake);
        keys.put("journal", GatewayConfig::journal);
        keys.put("shutdown_grace", GatewayConfig::shutdownGrace);
        return keys;
    }

    /** The keys in which what is wanted differs from what the gateway was started with. */
    static List<String> changed(GatewayConfig started, GatewayConfig wanted) {
        List<String> changed = new ArrayList<>();
        KEYS.forEach((key, value) -> {
            if (!Objects.equals(value.apply(started), value.apply(wanted))) {
                changed.add(key);
            }
        });
        return changed;
    }
}
