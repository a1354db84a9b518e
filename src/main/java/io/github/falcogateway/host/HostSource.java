package io.github.falcogateway.host;

import java.util.Locale;

/** Where a host's name can come from, in the order that is the default. */
public enum HostSource {
    /** The event's own {@code hostname}. */
    CLAIMED,
    /** An output field such as {@code k8s.node.name}. */
    FIELD,
    /** The header {@code X-Falco-Host}. */
    HEADER,
    /** The name bound to the sender's credential. */
    CREDENTIAL,
    /** The name given to a gRPC source. */
    SOURCE,
    /** The name in an imported journal. */
    JOURNAL,
    /** The host table. */
    HOSTS,
    /** The address a trusted proxy forwards for. */
    FORWARDED,
    /** The name service. */
    DNS,
    /** The sender's address. */
    ADDRESS;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The word in the configuration and in {@code host_from}. */
    public String label() {
        return label;
    }
}
