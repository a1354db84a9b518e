package io.github.falcogateway.app;

import io.github.falcogateway.auth.Attempts;
import io.github.falcogateway.auth.Login;
import io.github.falcogateway.auth.Viewers;
import io.github.falcogateway.auth.Visitor;
import io.github.falcogateway.ingest.http.Origins;
import io.github.falcogateway.ingest.http.Problem;
import io.github.falcogateway.login.LoginPage;
import io.github.falcogateway.login.Sessions;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before everything but ingest and probes: who may look, who may act, and that no other site's page does either
 * in somebody's name. Thread-safe.
 */
final class ViewGuard {

    private static final Logger LOG = LoggerFactory.getLogger(ViewGuard.class);
    private static final Set<String> PROBES = Set.of("/ping", "/healthz", "/readyz");
    private static final String REALM = "Basic realm=\"falco-gateway\", charset=\"UTF-8\"";

    private final Supplier<Viewers> viewers;
    private final Attempts attempts;
    private final WorkerExecutor passwords;
    private final Function<HttpServerRequest, String> origin;
    private final Origins origins;

    /**
     * A guard of one port.
     *
     * @param attempts the logins of all ports
     * @param origin the address whose logins are counted together
     */
    ViewGuard(
            Vertx vertx,
            Supplier<Viewers> viewers,
            Attempts attempts,
            Function<HttpServerRequest, String> origin,
            Origins origins) {
        this.origin = origin;
        this.passwords = vertx.createSharedWorkerExecutor("passwords");
        this.viewers = viewers;
        this.attempts = attempts;
        this.origins = origins;
    }

    void handle(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        Viewers now = viewers.get();
        if (PROBES.contains(ctx.normalizedPath())) {
            ctx.next();
        } else if (now.isOpen() && !origins.isOurs(request)) {
            Problem.send(ctx.response(), 421, "misdirected request", Origins.NOT_OURS);
        } else if (acts(request) && Origins.isForeign(request)) {
            Problem.send(ctx.response(), 403, "forbidden", "another site's page may not act here");
        } else if (now.isOpen() || LoginPage.isOpen(ctx.normalizedPath())) {
            ctx.next();
        } else if (request.getHeader("Authorization") != null) {
            byPassword(ctx, now);
        } else {
            Visitor visitor = Sessions.visitor(ctx);
            admit(ctx, now, visitor != null && now.accepts(visitor) ? visitor : null);
        }
    }

    private void byPassword(RoutingContext ctx, Viewers now) {
        HttpServerRequest request = ctx.request();
        String authorization = request.getHeader("Authorization");
        Login<Visitor> login = now.known(authorization);
        if (!login.undecided()) {
            admit(ctx, now, login.who());
            return;
        }
        String address = origin.apply(request);
        if (!attempts.begin(address)) {
            ctx.response().putHeader("Retry-After", Attempts.RETRY_SECONDS);
            Problem.send(ctx.response(), 429, "too many attempts", "too many failed logins from this address");
            return;
        }
        request.pause();
        passwords.executeBlocking(() -> now.hashed(authorization), false).onComplete(user -> {
            request.resume();
            if (user.result() == null) {
                LOG.warn("a login failed from {}", address);
            } else {
                attempts.succeeded(address);
            }
            admit(ctx, now, user.result());
        });
    }

    private static void admit(RoutingContext ctx, Viewers viewers, @Nullable Visitor visitor) {
        if (visitor == null) {
            refuse(ctx);
        } else if (acts(ctx.request()) && !viewers.mayOperate(visitor)) {
            Problem.send(ctx.response(), 403, "forbidden", "this user may look, not act");
        } else {
            ctx.put(LoginPage.VISITOR, visitor);
            ctx.next();
        }
    }

    /** A person is led to the page to log in at; a tool is told how, and a page's script not by the browser's dialogue. */
    private static void refuse(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        String accept = request.getHeader("Accept");
        if (request.method().equals(HttpMethod.GET) && accept != null && accept.contains("text/html")) {
            ctx.response()
                    .setStatusCode(303)
                    .putHeader("Location", LoginPage.address(request.uri()))
                    .putHeader("Cache-Control", "no-store")
                    .end();
            return;
        }
        if (request.getHeader("Sec-Fetch-Mode") == null) {
            ctx.response().putHeader("WWW-Authenticate", REALM);
        }
        Problem.send(ctx.response(), 401, "unauthorized", "user and password are needed to look");
    }

    /** Whether a request does something; asking where an event would go does not, nor does leaving. */
    private static boolean acts(HttpServerRequest request) {
        HttpMethod method = request.method();
        boolean asks = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        return !asks && !"/api/explain".equals(request.path());
    }
}
