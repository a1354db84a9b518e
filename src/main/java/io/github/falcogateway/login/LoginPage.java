package io.github.falcogateway.login;

import io.github.falcogateway.auth.Attempts;
import io.github.falcogateway.auth.Login;
import io.github.falcogateway.auth.OpenIdOptions;
import io.github.falcogateway.auth.Viewers;
import io.github.falcogateway.auth.Visitor;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page where people log in, by password or at the OpenID provider. Thread-safe. */
public final class LoginPage {

    private static final Logger LOG = LoggerFactory.getLogger(LoginPage.class);
    private static final int FORM_BYTES = 8192;

    /** Under which name a request has who asks. */
    public static final String VISITOR = "visitor";

    private final Supplier<Viewers> viewers;
    private final Attempts attempts;
    private final Function<HttpServerRequest, String> origin;
    private final WorkerExecutor passwords;
    private final OpenId openId;

    /**
     * The page.
     *
     * @param attempts the logins that are counted with those here
     * @param origin the address whose logins are counted together
     */
    public LoginPage(
            Vertx vertx, Supplier<Viewers> viewers, Attempts attempts, Function<HttpServerRequest, String> origin) {
        this.origin = origin;
        this.viewers = viewers;
        this.attempts = attempts;
        this.passwords = vertx.createSharedWorkerExecutor("passwords");
        this.openId = new OpenId(vertx);
    }

    /** Whether whoever has not logged in may have this path. */
    public static boolean isOpen(String path) {
        return path.equals("/login") || path.startsWith("/login/") || path.equals("/logout");
    }

    /** Where to log in, and come back from. */
    public static String address(String next) {
        return "/login?next=" + URLEncoder.encode(LocalPath.of(next), StandardCharsets.UTF_8);
    }

    /** Puts the page on a router. */
    public void mount(Router router) {
        router.get("/login").handler(ctx -> show(ctx, 200, "", next(ctx)));
        router.get("/login/login.css").handler(ctx -> Html.style(ctx.response()));
        router.post("/login")
                .handler(BodyHandler.create(false).setBodyLimit(FORM_BYTES))
                .handler(this::submitted);
        router.get("/login/openid").handler(this::toProvider);
        router.get("/login/callback").handler(this::fromProvider);
        router.post("/logout").handler(ctx -> {
            Sessions.end(ctx);
            redirect(ctx, "/login");
        });
        router.get("/api/session").handler(this::whoAmI);
    }

    private void submitted(RoutingContext ctx) {
        MultiMap form = ctx.request().formAttributes();
        String user = form.contains("user") ? form.get("user") : "";
        String password = form.contains("password") ? form.get("password") : "";
        String next = LocalPath.of(form.get("next"));
        Viewers now = viewers.get();
        Login<Visitor> login = now.known(user, password);
        if (!login.undecided()) {
            done(ctx, login.who(), next);
            return;
        }
        String address = origin.apply(ctx.request());
        if (!attempts.begin(address)) {
            ctx.response().putHeader("Retry-After", Attempts.RETRY_SECONDS);
            show(ctx, 429, "Too many failed logins from this address: wait a minute.", next);
            return;
        }
        passwords.executeBlocking(() -> now.hashed(user, password), false).onComplete(hashed -> {
            if (hashed.result() == null) {
                LOG.warn("a login failed from {}", address);
            } else {
                attempts.succeeded(address);
            }
            done(ctx, hashed.result(), next);
        });
    }

    private void done(RoutingContext ctx, @Nullable Visitor visitor, String next) {
        if (visitor == null) {
            show(ctx, 401, "User or password is wrong.", next);
            return;
        }
        LOG.info("{} logged in", visitor.user());
        Sessions.begin(ctx, visitor);
        redirect(ctx, next);
    }

    private void toProvider(RoutingContext ctx) {
        OpenIdOptions options = viewers.get().openId();
        if (options == null) {
            redirect(ctx, "/login");
            return;
        }
        openId.authorizeUrl(options, ctx, next(ctx))
                .onSuccess(url -> redirect(ctx, url))
                .onFailure(away -> failed(ctx, "the provider cannot be reached", away));
    }

    private void fromProvider(RoutingContext ctx) {
        OpenIdOptions options = viewers.get().openId();
        Future<OpenId.Arrival> arrival = options == null
                ? Future.failedFuture("auth.view.openid is not set any more")
                : openId.arrived(options, ctx);
        arrival.onSuccess(arrived -> {
                    Visitor visitor = arrived.visitor();
                    if (visitor == null) {
                        LOG.warn("the OpenID provider vouches for somebody in none of the groups that may look");
                        show(ctx, 403, "You may not look here: none of your groups may.", "/");
                    } else {
                        LOG.info("{} logged in by the OpenID provider", visitor.user());
                        Sessions.begin(ctx, visitor);
                        Html.welcome(ctx.response(), arrived.next());
                    }
                })
                .onFailure(refused -> failed(ctx, "the login was not completed", refused));
    }

    private void failed(RoutingContext ctx, String what, Throwable why) {
        // The cause may quote the provider's answer, and that a token: its kind alone is told.
        LOG.warn("OpenID: {} ({})", what, why.getClass().getSimpleName());
        show(ctx, 502, "Logging in did not work: " + what + ".", "/");
    }

    private void show(RoutingContext ctx, int status, String message, String next) {
        Viewers now = viewers.get();
        if (now.isOpen()) {
            redirect(ctx, "/");
            return;
        }
        Map<String, Object> texts = new HashMap<>();
        texts.put("message", message.isEmpty() ? false : message);
        texts.put("passwords", now.havePasswords());
        texts.put("next", next);
        texts.put("query", URLEncoder.encode(next, StandardCharsets.UTF_8));
        OpenIdOptions options = now.openId();
        texts.put(
                "openid", options == null ? false : URI.create(options.issuer()).getHost());
        Html.login(ctx.response(), status, texts);
    }

    private void whoAmI(RoutingContext ctx) {
        Viewers now = viewers.get();
        Visitor visitor = ctx.get(VISITOR);
        boolean operates = now.isOpen() || visitor != null && now.mayOperate(visitor);
        ctx.json(new JsonObject()
                .put("user", visitor == null ? null : visitor.user())
                .put("role", operates ? "operate" : "view")
                .put("logout", visitor != null && Sessions.visitor(ctx) != null));
    }

    private static String next(RoutingContext ctx) {
        return LocalPath.of(ctx.request().getParam("next"));
    }

    private static void redirect(RoutingContext ctx, String to) {
        ctx.response().setStatusCode(303).putHeader("Location", to).end();
    }
}
