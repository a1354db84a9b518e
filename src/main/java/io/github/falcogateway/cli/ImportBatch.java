package io.github.falcogateway.cli;

import io.github.falcogateway.codec.JournalLine;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Events on their way to the gateway, those of one host together, each batch acknowledged before the next. */
final class ImportBatch {

    private static final int EVENTS = 1000;
    private static final int BYTES = 1 << 20;
    private static final int TRIES = 20;
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final GatewayOption gateway;
    private final String ownHost;
    private final StringBuilder body = new StringBuilder();
    private final boolean terminal = isTerminal();
    private @Nullable String host;
    private int events;
    private long sent;
    private long skipped;
    private long rejected;

    ImportBatch(GatewayOption gateway, String ownHost) {
        this.gateway = gateway;
        this.ownHost = ownHost;
    }

    void skip(String line) {
        skipped += line.isBlank() ? 0 : 1;
    }

    void add(JournalLine line) throws IOException, InterruptedException {
        String named = line.host() == null ? ownHost : line.host();
        if (!named.equals(host)) {
            send();
            host = named;
        }
        body.append(line.event()).append('\n');
        events++;
    }

    boolean isFull() {
        return events >= EVENTS || body.length() >= BYTES;
    }

    void send() throws IOException, InterruptedException {
        if (events == 0) {
            return;
        }
        HttpResponse<String> answer = post();
        int refused = 0;
        if (answer.statusCode() == 400) {
            refused = rejections(answer.body());
        } else if (answer.statusCode() / 100 != 2) {
            throw new IOException("it answered " + answer.statusCode());
        }
        rejected += refused;
        sent += events - refused;
        events = 0;
        body.setLength(0);
        if (terminal) {
            System.err.print("\r" + summary() + " ");
            System.err.flush();
        }
    }

    String summary() {
        return sent + " events sent, " + skipped + " lines skipped that are no events, " + rejected + " rejected";
    }

    /** Sends until the gateway takes it: it may be starting, or have a full disk. */
    private HttpResponse<String> post() throws IOException, InterruptedException {
        HttpRequest request = gateway.request("/events")
                .header("Content-Type", "application/x-ndjson")
                .header("Content-Encoding", "gzip")
                .header("Falco-Gateway-Import", host == null ? ownHost : host)
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip()))
                .build();
        for (int attempt = 1; ; attempt++) {
            long wait = 1;
            try {
                HttpResponse<String> answer = gateway.send(request);
                if (answer.statusCode() != 503 && answer.statusCode() != 429 || attempt == TRIES) {
                    return answer;
                }
                wait = answer.headers().firstValueAsLong("Retry-After").orElse(1);
            } catch (IOException gone) {
                if (sent == 0 || attempt == TRIES) {
                    throw gone;
                }
            }
            TimeUnit.SECONDS.sleep(Math.min(wait, LONGEST_WAIT_SECONDS));
        }
    }

    private byte[] gzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length() / 4);
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(body.toString().getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private int rejections(String answer) throws IOException {
        try {
            JsonArray all = new JsonObject(answer).getJsonArray("rejected");
            return all == null ? events : all.size();
        } catch (DecodeException | ClassCastException noGateway) {
            throw new IOException("it is no gateway", noGateway);
        }
    }

    private static boolean isTerminal() {
        try {
            return Path.of("/proc/self/fd/2").toRealPath().toString().startsWith("/dev/pts/");
        } catch (IOException noFile) {
            return false;
        }
    }
}
