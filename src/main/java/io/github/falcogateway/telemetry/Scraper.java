package io.github.falcogateway.telemetry;

import io.prometheus.metrics.model.registry.PrometheusScrapeRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who reads the meters. Immutable.
 *
 * @param key what tells one Prometheus from another: its address and what it appends to the path; null for one who
 *     looks once, such as a person with curl
 * @param port its side of the connection: one key may be several scrapers that each keep a connection
 */
public record Scraper(@Nullable String key, int port) implements PrometheusScrapeRequest {

    /** Somebody who looks once. */
    public static final Scraper VISITOR = new Scraper(null, 0);

    @Override
    public String getRequestPath() {
        return "/metrics";
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return null;
    }
}
