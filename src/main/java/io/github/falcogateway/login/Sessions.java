package io.github.falcogateway.login;

import io.github.falcogateway.auth.Visitor;
import io.vertx.core.Vertx;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import io.vertx.ext.web.sstore.SessionStore;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who has logged in, by a cookie that no script reads, no other site's page sends, and no open connection carries where
 * there is TLS. Held in memory: a restart logs everybody out. Thread-safe.
 */
public final class Sessions {

    /** The cookie's name. */
    public static final String COOKIE = "falco_gateway_session";

    private static final String VISITOR = "visitor";
    private static final String SINCE = "since";
    private static final Duration IDLE = Duration.ofHours(2);
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final int ID_LENGTH = 32;
    private static final Pattern FIRST_HTTPS = Pattern.compile("^\\s*https\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROTO_HTTPS = Pattern.compile("^[^,]*\\bproto=\"?https\\b", Pattern.CASE_INSENSITIVE);

    private final SessionStore store;

    public Sessions(Vertx vertx) {
        store = LocalSessionStore.create(vertx, "logins");
    }

    /** Puts the sessions before everything else of a router. */
    public void mount(Router router) {
        SessionHandler overTls = handler(true);
        SessionHandler plain = handler(false);
        router.route().handler(ctx -> (isOverTls(ctx.request()) ? overTls : plain).handle(ctx));
    }

    private SessionHandler handler(boolean secure) {
        return SessionHandler.create(store)
                .setLazySession(true)
                .setSessionTimeout(IDLE.toMillis())
                .setSessionCookieName(COOKIE)
                .setMinLength(ID_LENGTH)
                .setCookieHttpOnlyFlag(true)
                .setCookieSecureFlag(secure)
                .setCookieSameSite(CookieSameSite.STRICT);
    }

    /**
     * Whether the browser speaks TLS, with this gateway or with a proxy that says so in {@code X-Forwarded-Proto} or
     * {@code Forwarded}. Whoever makes that up keeps the own cookie from connections without TLS, and nothing else.
     */
    static boolean isOverTls(HttpServerRequest request) {
        String proto = request.getHeader("X-Forwarded-Proto");
        String forwarded = request.getHeader("Forwarded");
        return request.isSSL()
                || proto != null && FIRST_HTTPS.matcher(proto).find()
                || forwarded != null && PROTO_HTTPS.matcher(forwarded).find();
    }

    /** Who asks; null where nobody has logged in, or too long ago. */
    public static @Nullable Visitor visitor(RoutingContext ctx) {
        // Asking for the session would begin one for whoever comes along.
        Session session = ctx.request().getCookie(COOKIE) == null ? null : ctx.session();
        if (session == null || session.isDestroyed()) {
            return null;
        }
        Long since = session.get(SINCE);
        if (since == null || System.currentTimeMillis() - since > LONGEST.toMillis()) {
            return null;
        }
        return session.get(VISITOR);
    }

    static void begin(RoutingContext ctx, Visitor visitor) {
        // Under a new id: one that somebody planted in the browser before must not become a login.
        ctx.session().regenerateId().put(SINCE, System.currentTimeMillis()).put(VISITOR, visitor);
    }

    static void end(RoutingContext ctx) {
        if (ctx.request().getCookie(COOKIE) != null) {
            ctx.session().destroy();
        }
    }
}
