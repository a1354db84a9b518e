package io.github.falcogateway.sink.http;

import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.ClientTls;
import io.github.falcogateway.sink.Endpoint;
import io.github.falcogateway.sink.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an http sink is told. Immutable.
 *
 * @param url where to; it may hold a user and a password
 * @param method POST or PUT
 * @param headers more headers; their values may be credentials
 * @param format how an event is written
 * @param template the text of {@link Format#TEMPLATE}, else empty
 * @param contentType what the body is; empty for what the format says
 * @param gzip whether bodies are compressed
 * @param durable whether the receiver, another gateway, is to take only what it can make durable
 * @param batch the most events in one request
 * @param concurrency the most requests at a time, each host's events in their order
 * @param tls how the receiver is known, and we to it
 * @param timeout how long one request may take
 */
public record HttpOptions(
        Secret url,
        String method,
        Map<String, Secret> headers,
        Format format,
        String template,
        String contentType,
        boolean gzip,
        boolean durable,
        int batch,
        int concurrency,
        ClientTls tls,
        Duration timeout)
        implements Remote {

    public HttpOptions {
        headers = Map.copyOf(headers);
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of(url.reveal()));
    }
}
