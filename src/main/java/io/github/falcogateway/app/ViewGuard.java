package io.github.falcogateway.app;

import io.github.falcogateway.auth.Attempts;
import io.github.falcogateway.auth.Login;
import io.github.falcogateway.auth.Viewers;
import io.github.falcogateway.ingest.http.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything but ingest and probes: who may look, who may act, and that no other site's page acts in
 * somebody's name. Thread-safe.
 */
final class ViewGuard {

    private static final Set<String> PROBES = Set.of("/ping", "/healthz", "/readyz");
    private static final String REALM = "Basic realm=\"falco-gateway\", charset=\"UTF-8\"";

    private final Supplier<Viewers> viewers;
    private final Attempts attempts;
    private final WorkerExecutor passwords;

    ViewGuard(Vertx vertx, Supplier<Viewers> viewers, Attempts attempts) {
        this.passwords = vertx.createSharedWorkerExecutor("passwords");
        this.viewers = viewers;
        this.attempts = attempts;
    }

    void handle(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        if (acts(request) && isForeign(request)) {
            Problem.send(ctx.response(), 403, "forbidden", "another site's page may not act here");
            return;
        }
        Viewers now = viewers.get();
        if (now.isOpen() || PROBES.contains(ctx.normalizedPath())) {
            ctx.next();
            return;
        }
        String authorization = request.getHeader("Authorization");
        Login<String> login = now.known(authorization);
        if (!login.undecided()) {
            admit(ctx, now, login.who());
            return;
        }
        String address = address(request);
        if (!attempts.begin(address)) {
            ctx.response().putHeader("Retry-After", Attempts.RETRY_SECONDS);
            Problem.send(ctx.response(), 429, "too many attempts", "too many failed logins from this address");
            return;
        }
        request.pause();
        passwords.executeBlocking(() -> now.hashed(authorization), false).onComplete(user -> {
            request.resume();
            if (user.result() != null) {
                attempts.succeeded(address);
            }
            admit(ctx, now, user.result());
        });
    }

    private static void admit(RoutingContext ctx, Viewers viewers, @Nullable String user) {
        if (user == null) {
            ctx.response().putHeader("WWW-Authenticate", REALM);
            Problem.send(ctx.response(), 401, "unauthorized", "user and password are needed to look");
        } else if (acts(ctx.request()) && !viewers.mayOperate(user)) {
            Problem.send(ctx.response(), 403, "forbidden", "this user may look, not act");
        } else {
            ctx.next();
        }
    }

    /** Whether a request does something; asking where an event would go does not. */
    private static boolean acts(HttpServerRequest request) {
        HttpMethod method = request.method();
        boolean asks = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        return !asks && !"/api/explain".equals(request.path());
    }

    /** A browser says which page sends; tools say nothing. */
    private static boolean isForeign(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        }
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null || !authority.equalsIgnoreCase(String.valueOf(request.authority()));
        } catch (IllegalArgumentException malformed) {
            return true;
        }
    }

    private static String address(HttpServerRequest request) {
        String address =
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
        return address == null ? "" : address;
    }
}
