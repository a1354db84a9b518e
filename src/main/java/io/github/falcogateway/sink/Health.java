package io.github.falcogateway.sink;

import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a sink may deliver, and when it tries again after a fault. It stays {@code retrying} or {@code held} until
 * something is delivered, so that a sink that only tries never looks well. Confined to one event loop.
 */
final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final String sink;
    private final Retry retry;
    private SinkState state = SinkState.RUNNING;
    private boolean due;
    private boolean told;

    Health(String sink, SinkOptions options) {
        this.sink = sink;
        this.retry = new Retry(options);
    }

    SinkState state() {
        return state;
    }

    /** How many faults came in a row. */
    int faults() {
        return retry.faults();
    }

    /** Whether to deliver now. */
    boolean mayTry() {
        return state == SinkState.RUNNING || due;
    }

    void pause() {
        retry.cancel();
        due = false;
        state = SinkState.PAUSED;
    }

    void resume() {
        retry.cancel();
        due = false;
        state = SinkState.RUNNING;
    }

    /** Something urgent came: tries before the time, now and then. */
    void poke() {
        if (state == SinkState.RETRYING && !due && retry.poke()) {
            due = true;
        }
    }

    /** Tries at once what would be tried later: there is no later. */
    void hurry() {
        if (state == SinkState.RETRYING) {
            retry.cancel();
            due = true;
        }
    }

    /** Something was delivered, or there is nothing that could fail. */
    void well() {
        retry.reset();
        if (state == SinkState.PAUSED) {
            return;
        }
        if (told) {
            LOG.info("sink {} delivers again", sink);
            told = false;
        }
        due = false;
        state = SinkState.RUNNING;
    }

    /** Waits or holds, as the fault says; a pause of the operator's stays one. */
    void failed(Fault fault, Vertx vertx, Runnable again) {
        if (state == SinkState.PAUSED) {
            return;
        }
        due = false;
        tell(fault);
        state = fault.hold() ? SinkState.HELD : SinkState.RETRYING;
        if (fault.hold() && fault.retryAfter() == null) {
            return;
        }
        retry.after(fault, vertx, () -> {
            due = true;
            again.run();
        });
    }

    private void tell(Fault fault) {
        if (fault.hold() && state != SinkState.HELD) {
            told = true;
            LOG.error("sink {} is held, its events are kept: {}", sink, fault);
        } else if (!fault.hold() && fault.retryAfter() == null && retry.faults() == 0) {
            told = true;
            LOG.warn("sink {} retries: {}", sink, fault);
        }
    }
}
