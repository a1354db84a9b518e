package io.github.falcogateway.login;

import io.github.falcogateway.auth.OpenIdOptions;
import io.github.falcogateway.lifetime.Lifetime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;

/** An OpenID provider as it was asked once what it is, and the clients that ask it. Thread-safe. */
final class Provider {

    private static final int CONNECT_MS = 5000;
    private static final int IDLE_SECONDS = 10;

    private final OpenIdOptions options;
    private final Future<OAuth2Auth> auth;
    private final Lifetime clients;

    private Provider(OpenIdOptions options, Future<OAuth2Auth> auth, Lifetime clients) {
        this.options = options;
        this.auth = auth;
        this.clients = clients;
    }

    /**
     * Asks one what it is. Nobody else ends the clients that do, and each visitor who wants to log in while the provider is away
     * would leave one.
     */
    static Provider ask(Vertx vertx, OpenIdOptions options) {
        HttpClientOptions http =
                new HttpClientOptions().setConnectTimeout(CONNECT_MS).setIdleTimeout(IDLE_SECONDS);
        if (options.ca() != null) {
            http.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(options.ca())));
        }
        OAuth2Options wanted = new OAuth2Options()
                .setSite(options.issuer())
                .setClientId(options.clientId())
                .setClientSecret(options.clientSecret().reveal())
                .setHttpClientOptions(http);
        Lifetime clients = new Lifetime(vertx);
        Future<OAuth2Auth> auth = clients.begin(() -> OpenIDConnectAuth.discover(vertx, wanted));
        return new Provider(options, auth.onFailure(away -> clients.end()), clients);
    }

    /** Whether it is the one that these options mean, and was there as far as is known. */
    boolean serves(OpenIdOptions wanted) {
        return options.equals(wanted) && !auth.failed();
    }

    /** What logs people in; fails where it was not there. */
    Future<OAuth2Auth> auth() {
        return auth;
    }

    /** Ends its clients, and the timer by which it asks for the provider's keys. */
    void close() {
        auth.onSuccess(OAuth2Auth::close);
        clients.end();
    }
}
