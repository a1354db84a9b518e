package io.github.falcogateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request to the running gateway, by the JDK's client that blocks: with the other one an import takes half as
 * much processor time again, and a command that asks once a thread and the certificates of the JDK. Redirects are not followed.
 * Confined to one thread; connections are shared and kept by the JDK.
 */
final class GatewayRequest {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final HttpURLConnection connection;

    /** A request to an http or https address. */
    GatewayRequest(URL url) throws IOException {
        connection = (HttpURLConnection) url.openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
        header("Accept", "*/*");
        timeout(SILENCE);
    }

    GatewayRequest header(String name, String value) {
        connection.setRequestProperty(name, value);
        return this;
    }

    /** How long nothing may come; a minute otherwise. */
    GatewayRequest timeout(Duration silence) {
        connection.setReadTimeout(Math.toIntExact(silence.toMillis()));
        return this;
    }

    Answer get() throws IOException {
        return answer();
    }

    Answer delete() throws IOException {
        connection.setRequestMethod("DELETE");
        return answer();
    }

    Answer post(byte[] body) throws IOException {
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        // Without it, the client would hold the body once more, and send it twice where the gateway ends the
        // connection.
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        return answer();
    }

    private Answer answer() throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String body = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(status, body, connection.getHeaderField("Retry-After"));
        }
    }

    /**
     * What the gateway answered.
     *
     * @param status of HTTP
     * @param retryAfter the header; null where there is none
     */
    record Answer(int status, String body, @Nullable String retryAfter) {}
}
