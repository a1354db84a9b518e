package io.github.falcogateway.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A unix socket whose connections lead to another one. What comes back can be held under way, as a machine without a
 * processor for its reader does, until an HTTP/2 ping asks for it. Thread-safe.
 */
public final class SlowWire implements AutoCloseable {

    /** RFC 9113, 6.7: eight bytes, of the type 6, without a flag, on the connection itself. */
    private static final String PING = "\0\0\b\6\0\0\0\0\0";

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final Path from;
    private volatile boolean holding;

    public SlowWire(Path from, Path to) throws Exception {
        this.from = from;
        Patience.get(vertx.createNetServer()
                .connectHandler(near -> join(near, SocketAddress.domainSocketAddress(to.toString())))
                .listen(SocketAddress.domainSocketAddress(from.toString())));
    }

    /** The near end as the configuration spells it. */
    public String target() {
        return "unix://" + from;
    }

    /** Holds what comes back from now on. */
    public void hold() {
        holding = true;
    }

    private void join(NetSocket near, SocketAddress to) {
        near.pause();
        client.connect(to).onFailure(down -> near.close()).onSuccess(far -> {
            Buffer held = Buffer.buffer();
            far.handler(bytes -> {
                if (holding) {
                    held.appendBuffer(bytes);
                } else {
                    near.write(bytes);
                }
            });
            near.handler(bytes -> {
                if (holding && bytes.toString(StandardCharsets.ISO_8859_1).contains(PING)) {
                    holding = false;
                    near.write(held);
                }
                far.write(bytes);
            });
            near.closeHandler(closed -> far.close());
            far.closeHandler(closed -> near.close());
            near.resume();
        });
    }

    @Override
    public void close() throws Exception {
        Patience.get(vertx.close());
    }
}
