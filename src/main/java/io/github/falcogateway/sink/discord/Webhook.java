package io.github.falcogateway.sink.discord;

import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.HttpPoster;
import io.github.falcogateway.sink.HttpTarget;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where messages are posted. Immutable.
 *
 * @param requestUri path and query with API version and {@code wait=true}; the token is in it
 */
record Webhook(String host, int port, boolean tls, Secret requestUri) {

    private static final Set<String> DISCORD =
            Set.of("discord.com", "discordapp.com", "ptb.discord.com", "canary.discord.com");
    private static final Pattern ID = Pattern.compile("/webhooks/(\\d+)(?:/|$)");
    private static final Pattern PATH = Pattern.compile("/api(?:/v(\\d{1,3}))?(/webhooks/[^/]+/[^/]+)/?");
    /**
     * An address without version means version 6, where waits are milliseconds and errors opaque.
     *
     * @see <a href="https://docs.discord.com/developers/reference#api-versioning">API versioning</a>
     */
    private static final int VERSION = 10;

    /** Reads an address without {@link #problems}. */
    static Webhook of(Secret url, String threadId) {
        URI uri = URI.create(url.reveal().strip());
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        String host = Objects.requireNonNull(uri.getHost()).replaceAll("[\\[\\]]", "");
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        return new Webhook(host, port, tls, new Secret(path(uri.getRawPath()) + query(uri.getRawQuery(), threadId)));
    }

    /** What tells one webhook from others without giving its token away. */
    static String name(Secret url) {
        URI uri = URI.create(url.reveal().strip());
        Matcher id = ID.matcher(uri.getRawPath());
        return id.find() ? id.group(1) : Integer.toHexString(url.reveal().hashCode());
    }

    /** A message's request; the agent in the form Discord asks for: https://docs.discord.com/developers/reference#user-agent. */
    RequestOptions request() {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(host)
                .setPort(port)
                .setSsl(tls)
                .setURI(requestUri.reveal())
                .putHeader("Content-Type", "application/json")
                .putHeader(
                        "User-Agent",
                        "DiscordBot (https://github.com/falco-gateway/falco-gateway, " + HttpPoster.version() + ")");
    }

    /** What is wrong with an address, without showing it. */
    static List<String> problems(Secret url) {
        URI uri = parse(url.reveal().strip());
        if (uri == null || !HttpTarget.problem(url.reveal()).isEmpty()) {
            return List.of("url: must be the webhook's address: https://discord.com/api/webhooks/ID/TOKEN");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return List.of("url: takes no user, password or #fragment");
        }
        boolean discord = DISCORD.contains(uri.getHost().toLowerCase(Locale.ROOT));
        boolean webhook = PATH.matcher(uri.getRawPath()).matches();
        if (discord && (!webhook || "http".equalsIgnoreCase(uri.getScheme()))) {
            return List.of("url: on Discord it must look like https://discord.com/api/webhooks/ID/TOKEN");
        }
        return List.of();
    }

    private static @Nullable URI parse(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException malformed) {
            return null; // its message shows the address
        }
    }

    private static String path(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return path.isEmpty() ? "/" : path;
        }
        int version = parts.group(1) == null ? VERSION : Math.max(VERSION, Integer.parseInt(parts.group(1)));
        return "/api/v" + version + parts.group(2);
    }

    /** Only with {@code wait=true} does Discord say whether it kept the message. */
    private static String query(@Nullable String query, String threadId) {
        StringBuilder kept = new StringBuilder("?wait=true");
        for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
            boolean ours = parameter.startsWith("wait=") || parameter.startsWith("thread_id=") && !threadId.isEmpty();
            if (!parameter.isEmpty() && !ours) {
                kept.append('&').append(parameter);
            }
        }
        if (!threadId.isEmpty()) {
            kept.append("&thread_id=").append(threadId);
        }
        return kept.toString();
    }
}
