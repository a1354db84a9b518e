package io.github.falcogateway.testing;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.spi.metrics.HttpClientMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The HTTP clients of a Vert.x that somebody holds, closed or not. Thread-safe. */
public final class KeptClients implements VertxMetrics {

    /** Each client has one, and nobody else has. */
    private final List<WeakReference<HttpClientMetrics<?, ?, ?>>> made = new CopyOnWriteArrayList<>();

    /** A Vert.x whose clients are counted. */
    public Vertx vertx() {
        return Vertx.builder()
                .with(new VertxOptions().setMetricsOptions(new MetricsOptions().setEnabled(true)))
                .withMetrics(options -> this)
                .build();
    }

    /** How many were made. */
    public int made() {
        return made.size();
    }

    /** How many of them a collection leaves. */
    public long kept() {
        System.gc();
        return made.stream().filter(client -> client.get() != null).count();
    }

    @Override
    public HttpClientMetrics<?, ?, ?> createHttpClientMetrics(HttpClientOptions options) {
        HttpClientMetrics<?, ?, ?> client = new HttpClientMetrics<>() {};
        made.add(new WeakReference<>(client));
        return client;
    }
}
