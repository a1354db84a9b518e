package io.github.falcogateway.lifetime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Supplier;

/**
 * How long clients live: until this ends. Those that a verticle makes without it are kept until that is undeployed, closed
 * or not, and the undeploy waits for all their connections. Thread-safe.
 *
 * @see <a href="https://github.com/eclipse-vertx/vert.x/issues/6268">vert.x issue 6268</a>
 */
public final class Lifetime {

    private final Vertx vertx;
    private final CloseFuture clients = new CloseFuture();

    public Lifetime(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Makes something, on the caller's event loop; its clients are of this lifetime, those too that what it began makes later. */
    public <T> T begin(Supplier<T> making) {
        ContextInternal own = ((VertxInternal) vertx)
                .getOrCreateContext().toBuilder().withCloseFuture(clients).build();
        ContextInternal before = own.beginDispatch();
        try {
            return making.get();
        } finally {
            own.endDispatch(before);
        }
    }

    /** Closes what is open of it. */
    public Future<Void> end() {
        return clients.close();
    }
}
