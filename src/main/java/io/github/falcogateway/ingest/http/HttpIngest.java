package io.github.falcogateway.ingest.http;

import io.github.falcogateway.auth.Attempts;
import io.github.falcogateway.auth.Login;
import io.github.falcogateway.event.Grant;
import io.github.falcogateway.event.RejectReason;
import io.github.falcogateway.event.Rejection;
import io.github.falcogateway.event.Sender;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.intake.Acceptance;
import io.github.falcogateway.intake.Intake;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes events over HTTP. Falco reads no status and never sends again, so that only what cannot be kept is refused and
 * no connection is closed before its answer. Confined to one event loop at a time.
 */
public final class HttpIngest {

    /** Larger bodies take longer to read than an event loop may be busy. */
    private static final int OFF_LOOP_BYTES = 256 * 1024;

    /** The event that a test sends. */
    public static final String TEST = "{\"output\":\"This is a test from falco-gateway\",\"priority\":\"Debug\","
            + "\"rule\":\"Test rule\",\"source\":\"internal\",\"output_fields\":{\"proc.name\":\"falco-gateway\"},"
            + "\"tags\":[\"test\"]}";

    private static final int PASSWORD_THREADS = 2;

    private final Vertx vertx;
    private final WorkerExecutor passwords;
    private final Intake intake;
    private final IngestOptions options;
    private final Origins origins;
    private final Supplier<Access> access;

    /**
     * Takes events for an intake.
     *
     * @param access who may send, as of now
     */
    public HttpIngest(Vertx vertx, Intake intake, IngestOptions options, Origins origins, Supplier<Access> access) {
        this.origins = origins;
        this.access = access;
        this.vertx = vertx;
        // Few of their own: guesses at passwords must not keep the workers from everything else.
        this.passwords = vertx.createSharedWorkerExecutor("passwords", PASSWORD_THREADS);
        this.intake = intake;
        this.options = options;
    }

    /** Whether a request is one that brings events. */
    public static boolean takes(HttpServerRequest request) {
        HttpMethod method = request.method();
        if (!method.equals(HttpMethod.POST) && !method.equals(HttpMethod.PUT)) {
            return false;
        }
        String path = request.path();
        return "/".equals(path) || "/events".equals(path);
    }

    /** Sends a test event through the routes and answers as for any event. */
    public void test(HttpServerRequest request) {
        Sender sender = Sender.at(Via.TEST, remote(request), Instant.now());
        take(request, sender, TEST.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the request's events and answers it. */
    public void handle(HttpServerRequest request) {
        Access now = access.get();
        Sender stranger = sender(request, now);
        if (now.isOpen()) {
            boolean page = request.getHeader("Origin") != null;
            boolean foreign = page && (Origins.isForeign(request) || !origins.isOurs(request));
            read(request, stranger, foreign ? RejectReason.FOREIGN_ORIGIN : null);
            return;
        }
        Login<Grant> login = now.known(request);
        if (!login.undecided()) {
            read(request, login.who() == null ? stranger : stranger.with(login.who()), refusal(login.who()));
            return;
        }
        request.pause();
        now.hash(passwords, request, stranger.origin()).onComplete(hashed -> {
            Grant who = hashed.result();
            RejectReason refusal = hashed.succeeded() ? refusal(who) : RejectReason.RATE_LIMITED;
            read(request, who == null ? stranger : stranger.with(who), refusal);
            request.resume();
        });
    }

    private static @Nullable RejectReason refusal(@Nullable Grant who) {
        return who == null ? RejectReason.UNAUTHORIZED : null;
    }

    /** Reads the body whoever sends it: what a stranger sends may be an alarm, and goes to the quarantine. */
    private void read(HttpServerRequest request, Sender sender, @Nullable RejectReason refusal) {
        String encoding = encoding(request);
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        BodyCollector.collect(vertx, request, options.body(), body -> {
            if (refusal == RejectReason.UNAUTHORIZED) {
                request.response().putHeader("WWW-Authenticate", "Basic realm=\"falco-gateway\"");
                refuse(request, sender, new Rejection(0, refusal, "the sender is not known", body.bytes()));
            } else if (refusal == RejectReason.FOREIGN_ORIGIN) {
                refuse(request, sender, new Rejection(0, refusal, "another site's page may not send", body.bytes()));
            } else if (refusal != null) {
                request.response().putHeader("Retry-After", Attempts.RETRY_SECONDS);
                refuse(request, sender, new Rejection(0, refusal, "too many failed logins", body.bytes()));
            } else if (body.tooLarge()) {
                refuse(
                        request,
                        sender,
                        new Rejection(0, RejectReason.TOO_LARGE, tooLarge("the body is"), body.bytes()));
            } else if (encoding.isEmpty()) {
                take(request, sender, body.bytes());
            } else {
                inflate(request, sender, encoding, body.bytes());
            }
        });
    }

    private void take(HttpServerRequest request, Sender sender, byte[] body) {
        boolean required = "required".equalsIgnoreCase(request.getHeader("Falco-Gateway-Durability"));
        Future<Acceptance> accepted = body.length > OFF_LOOP_BYTES
                ? vertx.executeBlocking(() -> intake.accept(body, sender, required), false)
                        .compose(future -> future)
                : intake.accept(body, sender, required);
        accepted.onSuccess(acceptance -> Answer.accepted(request.response(), acceptance))
                .onFailure(refused -> Answer.failed(request.response(), refused));
    }

    private void inflate(HttpServerRequest request, Sender sender, String encoding, byte[] body) {
        if (!encoding.equals("gzip") && !encoding.equals("x-gzip") && !encoding.equals("deflate")) {
            refuse(
                    request,
                    sender,
                    new Rejection(
                            0,
                            RejectReason.UNKNOWN_ENCODING,
                            "Content-Encoding " + printable(encoding) + " is not known: gzip and deflate are",
                            body));
            return;
        }
        vertx.executeBlocking(() -> Inflater.inflate(body, encoding, options.body()), false)
                .onSuccess(plain -> take(request, sender, plain))
                .onFailure(bad -> refuse(request, sender, rejection(bad, encoding, body)));
    }

    private Rejection rejection(Throwable bad, String encoding, byte[] body) {
        if (bad instanceof Inflater.TooLarge) {
            return new Rejection(0, RejectReason.TOO_LARGE, tooLarge("decompressed, the body is"), body);
        }
        return bad instanceof IOException
                ? new Rejection(0, RejectReason.BAD_COMPRESSION, "the body is not " + encoding + " as it says", body)
                : new Rejection(0, RejectReason.INTERNAL, "the body could not be decompressed", body);
    }

    private void refuse(HttpServerRequest request, Sender sender, Rejection rejection) {
        intake.reject(rejection, sender);
        Answer.refused(request.response(), rejection);
    }

    private String tooLarge(String what) {
        return what + " larger than limits.body, " + options.body() + " bytes";
    }

    private static String encoding(HttpServerRequest request) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding == null || encoding.isBlank()) {
            return "";
        }
        String plain = encoding.strip().toLowerCase(Locale.ROOT);
        return plain.equals("identity") ? "" : plain;
    }

    private static Sender sender(HttpServerRequest request, Access access) {
        String remote = remote(request);
        String host = request.getHeader("X-Falco-Host");
        String forwarded = access.forwarded(request, remote);
        String journal = request.getHeader("Falco-Gateway-Import");
        Via via = journal == null ? Via.HTTP : Via.IMPORT;
        return new Sender(via, remote, host, null, null, journal, forwarded, Instant.now());
    }

    private static String remote(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        return remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
    }

    private static String printable(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
