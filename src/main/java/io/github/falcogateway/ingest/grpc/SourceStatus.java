package io.github.falcogateway.ingest.grpc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source as it is now. Immutable.
 *
 * @param version what Falco says it is; empty where it is not known
 * @param events how many are journaled since the start
 * @param rejected how many messages were no event
 * @param reconnects how many connections came after the first
 * @param lastEvent when the last one was journaled
 * @param lastError why there was no connection, or no room; empty where nothing was
 */
public record SourceStatus(
        SourceOptions options,
        SourceState state,
        String version,
        long events,
        long rejected,
        long reconnects,
        @Nullable Instant lastEvent,
        String lastError,
        @Nullable Instant lastErrorAt) {}
