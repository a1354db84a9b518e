package io.github.falcogateway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a transport knows about who sent something. Immutable.
 *
 * @param remote the address without port; empty where there is none
 * @param header the name in {@code X-Falco-Host}
 * @param grant what a known sender may say of itself, null where nobody need be known
 * @param source the name given to a gRPC source
 * @param journal the name in an imported journal
 * @param forwarded the address that a trusted proxy names, null where there is none
 * @param receivedAt when it came
 */
public record Sender(
        Via via,
        String remote,
        @Nullable String header,
        @Nullable Grant grant,
        @Nullable String source,
        @Nullable String journal,
        @Nullable String forwarded,
        Instant receivedAt) {

    /** A sender of whom only the address is known. */
    public static Sender at(Via via, String remote, Instant receivedAt) {
        return new Sender(via, remote, null, null, null, null, null, receivedAt);
    }

    /** Whether its events may come under this name. */
    public boolean mayClaim(String host) {
        return grant == null || grant.allows(host);
    }

    /** The same sender, known. */
    public Sender with(Grant known) {
        return new Sender(via, remote, header, known, source, journal, forwarded, receivedAt);
    }

    /** The address it sends from: the one behind a trusted proxy where there is one. */
    public String origin() {
        return forwarded == null ? remote : forwarded;
    }
}
