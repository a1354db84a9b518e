package io.github.falcogateway.app;

import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.Handler;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of connections that end in their TLS handshake, at most once a second: Falco loses an event with each of them,
 * and nobody else knows why. Confined to one event loop.
 */
final class Handshakes implements Handler<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String listener;
    private long told = System.nanoTime() - LOG_NANOS;

    /**
     * For one listener.
     *
     * @param listener its address
     */
    Handshakes(String listener) {
        this.listener = listener;
    }

    @Override
    public void handle(Throwable failed) {
        long now = System.nanoTime();
        if (failed instanceof SSLException && now - told >= LOG_NANOS) {
            told = now;
            LOG.warn("a connection to {} ended in its TLS handshake: {}", listener, why(failed));
        }
    }

    /** The message of what is no TLS holds what was sent. */
    private static String why(Throwable failed) {
        return failed instanceof NotSslRecordException
                ? "it spoke without TLS; is http:// written where https:// is meant?"
                : String.valueOf(failed.getMessage()).replaceAll("\\p{Cntrl}", " ");
    }
}
