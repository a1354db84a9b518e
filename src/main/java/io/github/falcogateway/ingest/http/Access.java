package io.github.falcogateway.ingest.http;

import io.github.falcogateway.auth.Attempts;
import io.github.falcogateway.auth.Login;
import io.github.falcogateway.auth.Senders;
import io.github.falcogateway.event.Grant;
import io.github.falcogateway.event.Network;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who sends, by what the request shows. Thread-safe. */
public final class Access {

    private final Senders senders;
    private final Forwarded forwarded;
    private final Attempts attempts = new Attempts();

    /**
     * The access of now.
     *
     * @param senders those that are known
     * @param proxies whose word is taken for where a request comes from
     */
    public Access(Senders senders, List<Network> proxies) {
        this.senders = senders;
        this.forwarded = new Forwarded(proxies);
    }

    /** Whether anybody may send. */
    public boolean isOpen() {
        return senders.isOpen();
    }

    /** The sender, as far as that needs no hashing. */
    Login<Grant> known(HttpServerRequest request) {
        return senders.known(request.getHeader("Authorization"), PeerNames.of(request));
    }

    /** Compares the password off the event loop; fails with {@link TooManyAttempts}. */
    Future<@Nullable Grant> hash(WorkerExecutor workers, HttpServerRequest request, String origin) {
        if (!attempts.begin(origin)) {
            return Future.failedFuture(new TooManyAttempts());
        }
        String authorization = request.getHeader("Authorization");
        return workers.executeBlocking(() -> senders.hashed(authorization), false)
                .onSuccess(grant -> {
                    if (grant != null) {
                        attempts.succeeded(origin);
                    }
                });
    }

    /** Whom a request comes from: the address a trusted proxy names, else the one it is connected from. */
    public String origin(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String address = remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
        String named = forwarded(request, address);
        return named == null ? address : named;
    }

    /** The address a trusted proxy names; null where there is none. */
    @Nullable
    String forwarded(HttpServerRequest request, String remote) {
        return forwarded.origin(request.headers(), remote);
    }

    /** The address has failed too often just now. */
    static final class TooManyAttempts extends Exception {
        private static final long serialVersionUID = 1;

        TooManyAttempts() {
            super("too many failed logins from this address", null, false, false);
        }
    }
}
