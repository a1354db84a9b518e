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
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
    /** So many large bodies are read at once: each takes several times its size of memory, and a processor. */
    private static final int LARGE_AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** Such a body, of a thousand events say, is read while others of its kind wait for the disk. */
    private static final int MIDDLING_BYTES = 5 * 256 * 1024;

    private static final int MIDDLING_AT_ONCE = LARGE_AT_ONCE + 2;

    private static final byte[] NOTHING = new byte[0];

    /** Where events go; whoever writes an address into Falco's configuration may end it with a slash. */
    public static final Set<String> PATHS = Set.of("/", "/events", "/events/");

    private static final Set<String> ENCODINGS = Set.of("gzip", "x-gzip", "deflate");

    private final Vertx vertx;
    private final WorkerExecutor passwords;
    private final WorkerExecutor bodies;
    private final BodyMemory memory;
    private final Turns large = new Turns(LARGE_AT_ONCE);
    private final Turns middling = new Turns(MIDDLING_AT_ONCE);
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
        this.bodies = vertx.createSharedWorkerExecutor("bodies", LARGE_AT_ONCE);
        this.memory = new BodyMemory(options.body());
        this.intake = intake;
        this.options = options;
    }

    /** Whether a request is one that brings events. */
    public static boolean takes(HttpServerRequest request) {
        HttpMethod method = request.method();
        if (!method.equals(HttpMethod.POST) && !method.equals(HttpMethod.PUT)) {
            return false;
        }
        return PATHS.contains(String.valueOf(request.path()));
    }

    /**
     * Whether the body is as it comes, or in chunks: what another coding makes of it is in none of its bytes.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6.1">RFC 9112, 6.1: 501 for a coding not understood</a>
     */
    public static boolean understands(HttpServerRequest request) {
        if (!request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return true;
        }
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked");
    }

    /**
     * Keeps what was sent where nothing is in the quarantine, and says where events go: whoever has a slip in Falco's
     * {@code http_output.url} would never learn what he has lost.
     */
    public void astray(HttpServerRequest request) {
        read(request, sender(request, access.get()), RejectReason.WRONG_PATH);
    }

    /** Sends a test event through the routes and answers as for any event. */
    public void test(HttpServerRequest request) {
        Sender sender = Sender.at(Via.TEST, remote(request), Instant.now());
        byte[] event = TEST.getBytes(StandardCharsets.UTF_8);
        intake.accept(event, sender, false).onComplete(result -> answer(request, sender, result, event));
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
        BodyCollector.collect(vertx, request, options.body(), memory, body -> {
            if (refusal == null && !body.tooLarge() && !body.givenUp() && understands(request)) {
                take(request, sender, encoding, body);
                return;
            }
            refuse(request, sender, rejection(request, body, refusal));
            body.release();
        });
    }

    private Rejection rejection(HttpServerRequest request, BodyCollector body, @Nullable RejectReason refusal) {
        if (refusal == RejectReason.UNAUTHORIZED) {
            request.response().putHeader("WWW-Authenticate", "Basic realm=\"falco-gateway\"");
            return new Rejection(0, refusal, "the sender is not known", body.beginning());
        }
        if (refusal == RejectReason.FOREIGN_ORIGIN) {
            return new Rejection(0, refusal, "another site's page may not send", body.beginning());
        }
        if (refusal == RejectReason.WRONG_PATH) {
            String detail =
                    "nothing is at " + printable(String.valueOf(request.path())) + ": events go to / or /events";
            return new Rejection(0, refusal, detail, body.beginning());
        }
        if (refusal != null) {
            request.response().putHeader("Retry-After", Attempts.RETRY_SECONDS);
            return new Rejection(0, refusal, "too many failed logins", body.beginning());
        }
        if (body.givenUp()) {
            request.response().putHeader("Retry-After", Answer.RETRY_AFTER);
            String detail = "all bodies together hold too much memory, and this was the largest: send it again later";
            return new Rejection(0, RejectReason.NO_ROOM, detail, body.beginning());
        }
        if (!body.tooLarge()) {
            String detail = "of transfer codings chunked alone is understood; Content-Encoding may be gzip or deflate";
            return new Rejection(0, RejectReason.UNKNOWN_TRANSFER, detail, body.bytes());
        }
        return new Rejection(0, RejectReason.TOO_LARGE, tooLarge("the body is"), body.bytes());
    }

    private void take(HttpServerRequest request, Sender sender, String encoding, BodyCollector collected) {
        byte[] body = collected.bytes();
        boolean required = "required".equalsIgnoreCase(request.getHeader("Falco-Gateway-Durability"));
        if (encoding.isEmpty() && body.length <= OFF_LOOP_BYTES) {
            intake.accept(body, sender, required).onComplete(result -> {
                answer(request, sender, result, body);
                collected.release();
            });
            return;
        }
        if (!encoding.isEmpty() && !ENCODINGS.contains(encoding)) {
            String detail = "Content-Encoding " + printable(encoding) + " is not known: gzip and deflate are";
            refuse(request, sender, new Rejection(0, RejectReason.UNKNOWN_ENCODING, detail, body));
            collected.release();
            return;
        }
        Context context = vertx.getOrCreateContext();
        // What may turn out not to be compressed as it says has to be there to be refused.
        byte[] sent = encoding.isEmpty() ? NOTHING : body;
        boolean fits = encoding.isEmpty() && body.length <= MIDDLING_BYTES;
        (fits ? middling : large)
                .take(() -> off(body, sender, encoding, required))
                .compose(accepted -> accepted)
                .onComplete(result -> context.runOnContext(back -> {
                    answer(request, sender, result, sent);
                    collected.release();
                }));
    }

    /** Reads a body off the event loop; its turn lasts until it is durable where it is large, since it holds memory. */
    private Future<Future<Acceptance>> off(byte[] body, Sender sender, String encoding, boolean required) {
        return bodies.executeBlocking(
                        () -> {
                            byte[] plain = encoding.isEmpty() ? body : Inflater.inflate(body, encoding, options.body());
                            Future<Acceptance> accepted = intake.accept(plain, sender, required);
                            return new Reading(accepted, plain.length > OFF_LOOP_BYTES);
                        },
                        false)
                .compose(reading -> reading.large()
                        ? reading.accepted().transform(done -> Future.succeededFuture(reading.accepted()))
                        : Future.succeededFuture(reading.accepted()));
    }

    private record Reading(Future<Acceptance> accepted, boolean large) {}

    private void answer(HttpServerRequest request, Sender sender, AsyncResult<Acceptance> result, byte[] body) {
        if (result.succeeded()) {
            Answer.accepted(request.response(), result.result());
        } else if (result.cause() instanceof Inflater.TooLarge) {
            String detail = tooLarge("decompressed, the body is");
            refuse(request, sender, new Rejection(0, RejectReason.TOO_LARGE, detail, body));
        } else if (result.cause() instanceof IOException) {
            String detail = "the body is not compressed as it says";
            refuse(request, sender, new Rejection(0, RejectReason.BAD_COMPRESSION, detail, body));
        } else {
            Answer.failed(request.response(), result.cause());
        }
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
        String plain = text.replaceAll("[^!-~ ]", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
    }
}
