package io.github.falcogateway.sink;

import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An address that events are sent to, and what its answers mean for a sink. */
public final class HttpTarget {

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    /** The other end may be cured without us: a token added there, a route that is back. */
    private static final Duration PROBE = Duration.ofMinutes(1);

    private static final int LAST_PORT = 65_535;

    private HttpTarget() {}

    /** The one thing wrong with an address, without showing it; empty when it is one. */
    public static String problem(String url) {
        try {
            URI uri = URI.create(url.strip());
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean whole = uri.getHost() != null && uri.getPort() <= LAST_PORT;
            return http && whole ? "" : "must be an address such as https://host:2801/";
        } catch (IllegalArgumentException malformed) {
            return "must be an address such as https://host:2801/";
        }
    }

    /** The request to an address without {@link #problem}; its user and password become HTTP Basic. */
    public static RequestOptions request(String url, HttpMethod method) {
        URI uri = URI.create(url.strip());
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        RequestOptions request = new RequestOptions()
                .setMethod(method)
                .setHost(Objects.requireNonNull(uri.getHost()).replaceAll("[\\[\\]]", ""))
                .setPort(uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setURI(path + query)
                .putHeader("User-Agent", "falco-gateway/" + HttpPoster.version());
        if (uri.getUserInfo() != null) {
            byte[] user = uri.getUserInfo().getBytes(StandardCharsets.UTF_8);
            request.putHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        }
        return request;
    }

    /** What stops a sink after an answer; null where the events were taken, or are refused for good. */
    public static @Nullable Fault fault(HttpReply reply) {
        int status = reply.status();
        String detail = "status " + status;
        if (reply.isOk() || isRefusal(status)) {
            return null;
        }
        Duration wait = wait(reply.headers().get("Retry-After"), Instant.now());
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            FaultReason reason = status >= 500
                    ? FaultReason.SERVER_ERROR
                    : status == 408 ? FaultReason.TIMEOUT : FaultReason.RATE_LIMITED;
            return wait == null ? Fault.passing(reason, detail) : Fault.wait(reason, detail, wait);
        }
        return switch (status) {
            case 401, 403, 407 ->
                Fault.probing(FaultReason.UNAUTHORIZED, detail + ": the receiver does not know us", PROBE);
            case 404, 405, 410 -> Fault.probing(FaultReason.NOT_FOUND, detail + ": nothing takes events there", PROBE);
            default -> Fault.probing(FaultReason.REFUSED, detail + ": this is not how a receiver answers", PROBE);
        };
    }

    /** Whether the receiver never takes the body as it is. */
    public static boolean isRefusal(int status) {
        return status == 400 || status == 413 || status == 415 || status == 422;
    }

    /** Seconds or a date, as {@code Retry-After} may be; null where it is neither. */
    public static @Nullable Duration wait(@Nullable String text, Instant now) {
        String asked = text == null ? "" : text.strip();
        Duration wait;
        if (asked.matches("\\d{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(asked));
        } else {
            try {
                Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(asked));
                wait = at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
            } catch (DateTimeException neither) {
                return null;
            }
        }
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
