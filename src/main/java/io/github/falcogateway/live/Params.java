package io.github.falcogateway.live;

import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.filter.FilterException;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a request, or says which one is wrong and what would be right. */
final class Params {

    private Params() {}

    /** {@code filter}, {@code since} and {@code until}. */
    static Query query(RoutingContext ctx) {
        Instant now = Instant.now();
        return new Query(filter(ctx), time(ctx, "since", now), time(ctx, "until", now));
    }

    /**
     * {@code filter}; null where there is none.
     *
     * @throws IllegalArgumentException caused by the {@link FilterException} that says where
     */
    static @Nullable Filter filter(RoutingContext ctx) {
        try {
            return Query.filter(ctx.request().getParam("filter"));
        } catch (FilterException bad) {
            throw new IllegalArgumentException(bad.getMessage() + " (at character " + bad.at() + ")", bad);
        }
    }

    /** A whole number of at least 1. */
    static long number(RoutingContext ctx, String name, long otherwise) {
        String text = ctx.request().getParam(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) == 0) {
            throw new IllegalArgumentException(name + " must be a number of at least 1, not " + text);
        }
        return Long.parseLong(text);
    }

    /** The form asked for: {@code json}, or one of the others by {@code format} or {@code Accept}. */
    static String format(RoutingContext ctx, String... others) {
        String asked = ctx.request().getParam("format");
        String accept = String.valueOf(ctx.request().getHeader("Accept"));
        for (String other : others) {
            String type = other.equals("csv") ? "text/csv" : "application/x-ndjson";
            if (other.equals(asked) || asked == null && accept.startsWith(type)) {
                return other;
            }
        }
        if (asked != null && !asked.isEmpty() && !asked.equals("json")) {
            throw new IllegalArgumentException("format is json or " + String.join(" or ", others) + ", not " + asked);
        }
        return "json";
    }

    private static @Nullable Instant time(RoutingContext ctx, String name, Instant now) {
        try {
            return Query.time(ctx.request().getParam(name), now);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(name + ": " + bad.getMessage(), bad);
        }
    }
}
