package io.github.falcogateway.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.falcogateway.auth.OpenIdOptions;
import io.github.falcogateway.auth.Visitor;
import io.github.falcogateway.secret.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The authorization code flow with an OpenID provider, with PKCE, state and nonce; each login is bound to the browser that
 * began it. Thread-safe.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth">OpenID Connect Core, 3.1</a>
 */
final class OpenId {

    /** Lax, since the browser comes back from the provider's page; it lives for the length of a login. */
    private static final String COOKIE = "falco_gateway_login";

    private static final int STATE_LENGTH = 32;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);
    private static final Duration LOGIN = Duration.ofMinutes(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    private record Begun(Secret browser, String nonce, String verifier, String next) {}

    /** Somebody has come back. */
    record Arrival(@Nullable Visitor visitor, String next) {}

    private final Vertx vertx;
    private final Cache<String, Begun> begun =
            Caffeine.newBuilder().expireAfterWrite(LOGIN).maximumSize(10_000).build();
    private @Nullable Provider provider;

    OpenId(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The provider's page for a new login. */
    Future<String> authorizeUrl(OpenIdOptions options, RoutingContext ctx, String next) {
        return provider(options).map(auth -> {
            String state = random();
            Begun login = new Begun(new Secret(random()), random(), random(), next);
            begun.put(state, login);
            ctx.response()
                    .addCookie(Cookie.cookie(COOKIE, login.browser().reveal())
                            .setPath("/login")
                            .setHttpOnly(true)
                            .setSecure(Sessions.isOverTls(ctx.request()))
                            .setSameSite(CookieSameSite.LAX)
                            .setMaxAge(LOGIN.toSeconds()));
            return auth.authorizeURL(new OAuth2AuthorizationURL()
                    .setRedirectUri(options.redirect())
                    .setScopes(options.scopes())
                    .setState(state)
                    .setCodeChallenge(challenge(login.verifier()))
                    .setCodeChallengeMethod("S256")
                    .putAdditionalParameter("nonce", login.nonce()));
        });
    }

    /** The browser has come back from the provider's page. */
    Future<Arrival> arrived(OpenIdOptions options, RoutingContext ctx) {
        String state = ctx.request().getParam("state");
        String code = ctx.request().getParam("code");
        Begun login = state == null ? null : begun.asMap().remove(state);
        Cookie cookie = ctx.request().getCookie(COOKIE);
        String browser = cookie == null ? "" : cookie.getValue();
        ctx.response().removeCookie(COOKIE);
        if (login == null || code == null || !login.browser().matches(browser)) {
            return Future.failedFuture(new IllegalStateException("no login of this browser"));
        }
        Oauth2Credentials credentials = new Oauth2Credentials()
                .setFlow(OAuth2FlowType.AUTH_CODE)
                .setCode(code)
                .setCodeVerifier(login.verifier())
                .setRedirectUri(options.redirect());
        // The provider's keys as they are now: Vert.x reads those it has changed only where it says for how long they
        // are.
        return provider(options)
                .compose(auth -> auth.jWKSet().compose(keys -> auth.authenticate(credentials)))
                .map(user -> new Arrival(visitor(options, user, login.nonce()), login.next()));
    }

    private static @Nullable Visitor visitor(OpenIdOptions options, User user, String nonce) {
        JsonObject claims = user.attributes().getJsonObject("idToken");
        if (claims == null || !nonce.equals(claims.getString("nonce")) || !holds(claims)) {
            throw new IllegalStateException("the id token is none of this login");
        }
        Object name = claims.getValue(options.userClaim());
        String who = name instanceof String text && !text.isBlank() ? text : claims.getString("sub");
        Object groups = claims.getValue(options.groupsClaim());
        List<String> names = groups instanceof JsonArray all
                ? all.stream().map(String::valueOf).toList()
                : groups == null ? List.of() : List.of(String.valueOf(groups));
        return who == null ? null : options.visitor(printable(who), names);
    }

    /** Vert.x looks at an audience only where there is one, and not at all at when the token ends. */
    private static boolean holds(JsonObject claims) {
        Object end = claims.getValue("exp");
        return claims.getValue("aud") != null
                && end instanceof Number seconds
                && Instant.now().minus(CLOCKS_DIFFER).isBefore(Instant.ofEpochSecond(seconds.longValue()));
    }

    /** What is known of the provider; asked for anew where that failed, since it may have been away. */
    private synchronized Future<OAuth2Auth> provider(OpenIdOptions options) {
        Provider known = provider;
        if (known == null || !known.serves(options)) {
            if (known != null) {
                known.close();
            }
            known = Provider.ask(vertx, options);
            provider = known;
        }
        return known.auth();
    }

    /** A name goes into the log. */
    private static String printable(String name) {
        String line = name.replaceAll("[^\\p{L}\\p{N}@._ +-]", "?");
        return line.length() > 100 ? line.substring(0, 100) : line;
    }

    private static String random() {
        byte[] bytes = new byte[STATE_LENGTH];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException noJdk) {
            throw new IllegalStateException("every JDK has SHA-256", noJdk);
        }
    }
}
