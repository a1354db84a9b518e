package io.github.falcogateway.sink.alertmanager;

import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.ClientTls;
import io.github.falcogateway.sink.Endpoint;
import io.github.falcogateway.sink.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an alertmanager sink is told. Immutable.
 *
 * @param urls one or several Alertmanagers of a cluster; each gets every alert
 * @param labels labels on every alert
 * @param resolveAfter how long an alert fires after its last event
 * @param publicUrl where this gateway is seen by people; empty for none
 * @param tls how the Alertmanagers are known, and we to them
 * @param timeout how long one request may take
 */
public record AlertmanagerOptions(
        List<Secret> urls,
        Map<String, String> labels,
        Duration resolveAfter,
        String publicUrl,
        ClientTls tls,
        Duration timeout)
        implements Remote {

    public AlertmanagerOptions {
        urls = List.copyOf(urls);
        labels = Map.copyOf(labels);
    }

    @Override
    public List<Endpoint> endpoints() {
        return urls.stream().map(url -> Endpoint.of(url.reveal())).toList();
    }
}
