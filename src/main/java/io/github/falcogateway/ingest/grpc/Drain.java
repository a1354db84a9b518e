package io.github.falcogateway.ingest.grpc;

/** A way of asking Falco for what its queue holds. Confined to one event loop. */
sealed interface Drain permits SubDrain, GetDrain {

    /** Begins to ask. */
    void start();

    /** Time has passed: asks again, where everything that came before is journaled. */
    void poll();

    /** Asks no more; what was asked for may still come. */
    void finish();
}
