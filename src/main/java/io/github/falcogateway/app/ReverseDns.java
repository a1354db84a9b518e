package io.github.falcogateway.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.event.Network;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of addresses in the name service, forward-confirmed: whoever owns an address may write any name for it, so
 * that a name counts only where it leads back. Never waits: an address asked for the first time has no name yet, and is
 * looked up meanwhile. Thread-safe.
 */
final class ReverseDns implements Function<String, @Nullable String> {

    private static final int REMEMBERED = 10_000;
    /** Lookups at once; beyond, an address is asked for again with its next event. */
    private static final int AT_ONCE = 64;

    private static final Duration NO_NAME = Duration.ofMinutes(1);
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_-]*[.]?)+");

    private final GatewayConfig.Dns options;
    private final DnsClient client;
    private final Cache<String, String> names;
    private final Cache<String, Boolean> nameless = Caffeine.newBuilder()
            .expireAfterWrite(NO_NAME)
            .maximumSize(REMEMBERED)
            .build();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    ReverseDns(Vertx vertx, GatewayConfig.Dns options) {
        this.options = options;
        DnsClientOptions dns =
                new DnsClientOptions().setQueryTimeout(options.timeout().toMillis());
        if (options.server() != null) {
            dns.setHost(options.server()).setPort(options.port());
        }
        client = vertx.createDnsClient(dns);
        names = Caffeine.newBuilder()
                .expireAfterWrite(options.cache())
                .maximumSize(REMEMBERED)
                .build();
    }

    GatewayConfig.Dns options() {
        return options;
    }

    /** The name of an address, as far as it is known now. */
    @Override
    public @Nullable String apply(String address) {
        String name = names.getIfPresent(address);
        if (name == null && nameless.getIfPresent(address) == null && asked.size() < AT_ONCE && asked.add(address)) {
            lookUp(address);
        }
        return name;
    }

    private void lookUp(String address) {
        client.reverseLookup(address)
                .compose(found -> confirmed(found, address))
                .otherwise(Optional.empty())
                .onComplete(done -> {
                    Optional<String> name = done.result();
                    name.ifPresentOrElse(found -> names.put(address, found), () -> nameless.put(address, Boolean.TRUE));
                    asked.remove(address);
                });
    }

    private Future<Optional<String>> confirmed(@Nullable String found, String address) {
        String name = found == null ? "" : found.toLowerCase(Locale.ROOT).replaceAll("[.]$", "");
        if (name.length() > 253 || !NAME.matcher(name).matches()) {
            return Future.succeededFuture(Optional.empty());
        }
        Future<List<String>> addresses = address.indexOf(':') < 0 ? client.resolveA(name) : client.resolveAAAA(name);
        return addresses.map(
                all -> all.stream().anyMatch(one -> same(one, address)) ? Optional.of(name) : Optional.<String>empty());
    }

    private static boolean same(String one, String other) {
        String address = Network.address(one);
        return address != null && address.equals(Network.address(other));
    }
}
