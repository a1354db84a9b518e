package io.github.falcogateway.cli;

import io.github.falcogateway.journal.DaemonThread;
import io.github.falcogateway.sink.HttpTarget;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPOutputStream;

/** Sends chunks to the gateway until it has them. Thread-safe. */
final class ImportSender {

    /** What one request takes, below what a gateway takes at most by default. */
    private static final int EVENTS = 2000;

    private static final int BYTES = 1 << 20;
    private static final int LEAST = 1 << 14;
    private static final int TRIES = 20;
    /** Of one that has gone, half a minute: as long as it takes to start again. */
    private static final int TRIES_AWAY = 8;

    private static final int LONGEST_WAIT_SECONDS = 30;

    private final GatewayOption gateway;
    private final boolean patient;
    private final LongAdder sent = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(ImportChunk.Lane.SIDE_BY_SIDE, new DaemonThread("import-connection"));
    private final AtomicBoolean away = new AtomicBoolean();
    private volatile boolean reached;
    /** The bytes of one request: fewer once the gateway has said that it takes less. */
    private volatile int most = BYTES;

    /**
     * A sender.
     *
     * @param patient whether it goes on for ever where the gateway was there once
     */
    ImportSender(GatewayOption gateway, boolean patient) {
        this.gateway = gateway;
        this.patient = patient;
    }

    /** Sends a chunk; its lanes side by side, each one's events in their order. */
    void send(ImportChunk chunk) throws IOException, InterruptedException {
        List<Future<?>> lanes = new ArrayList<>();
        for (Map.Entry<ImportChunk.Lane, List<String>> events : chunk.lanes().entrySet()) {
            lanes.add(threads.submit(() -> {
                inParts(events.getKey().host(), events.getValue());
                return events;
            }));
        }
        for (Future<?> lane : lanes) {
            try {
                lane.get();
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof IOException gone ? gone : new IOException(failed.getCause());
            }
        }
    }

    long sent() {
        return sent.sum();
    }

    long rejected() {
        return rejected.sum();
    }

    /** One request after the other, as large as is usual. */
    private void inParts(String host, List<String> events) throws IOException, InterruptedException {
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            int more = events.get(i).length();
            if (i > from && (i - from == EVENTS || bytes + more > most)) {
                send(host, events.subList(from, i));
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        send(host, events.subList(from, events.size()));
    }

    private void send(String host, List<String> events) throws IOException, InterruptedException {
        GatewayRequest.Answer answer = post(host, events);
        int refused = 0;
        if (answer.status() == 413) {
            if (events.size() > 1) {
                // The gateway takes less at once than is usual.
                int sent = events.stream().mapToInt(String::length).sum();
                most = Math.max(LEAST, Math.min(most, sent / 2));
                int half = events.size() / 2;
                send(host, events.subList(0, half));
                send(host, events.subList(half, events.size()));
                return;
            }
            refused = 1;
        } else if (answer.status() == 400) {
            refused = rejections(answer.body(), events.size());
        } else if (answer.status() / 100 != 2) {
            throw new IOException(told(answer));
        }
        rejected.add(refused);
        sent.add(events.size() - refused);
    }

    private static String told(GatewayRequest.Answer answer) {
        return switch (answer.status()) {
            case 401 -> "it wants to know who sends: --token, or user:password@ in the address";
            case 403 -> "this sender may not send for this host";
            case 503 -> "it cannot take events now";
            default -> "it answered " + answer.status();
        };
    }

    /** Sends until the gateway takes it: it may be starting, or have a full disk. */
    private GatewayRequest.Answer post(String host, List<String> events) throws IOException, InterruptedException {
        byte[] body = encoded(String.join("\n", events).getBytes(StandardCharsets.UTF_8));
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt >= TRIES && !(patient && reached);
            long wait = Math.min(attempt, LONGEST_WAIT_SECONDS);
            try {
                GatewayRequest.Answer answer = request(host).post(body);
                reached = true;
                away.set(false);
                if (answer.status() != 503 && answer.status() != 429 || last) {
                    return answer;
                }
                Duration asked = HttpTarget.wait(answer.retryAfter(), Instant.now());
                wait = asked == null ? 1 : asked.toSeconds();
            } catch (IOException gone) {
                if (!reached || attempt >= TRIES_AWAY && !patient) {
                    throw gone;
                }
                if (away.compareAndSet(false, true)) {
                    System.err.println("\rthe gateway is away; the import waits for it");
                }
            }
            TimeUnit.SECONDS.sleep(Math.max(1, Math.min(wait, LONGEST_WAIT_SECONDS)));
        }
    }

    private GatewayRequest request(String host) throws IOException {
        GatewayRequest request = gateway.request("/events")
                .header("Content-Type", "application/x-ndjson")
                .header("Falco-Gateway-Import", host);
        if (!gateway.isLocal()) {
            request.header("Content-Encoding", "gzip");
        }
        return request;
    }

    private byte[] encoded(byte[] body) throws IOException {
        if (gateway.isLocal()) {
            return body;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(body);
        }
        return packed.toByteArray();
    }

    private static int rejections(String answer, int events) throws IOException {
        try {
            JsonArray all = new JsonObject(answer).getJsonArray("rejected");
            return all == null ? events : all.size();
        } catch (DecodeException | ClassCastException noGateway) {
            throw new IOException("it is no gateway", noGateway);
        }
    }
}
