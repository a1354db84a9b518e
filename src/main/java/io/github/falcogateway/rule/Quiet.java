package io.github.falcogateway.rule;

import org.jspecify.annotations.Nullable;

/** What else keeps a route's events from being told one by one; null for what does not. Immutable. */
public record Quiet(
        @Nullable Dedup dedup,
        @Nullable Inhibit inhibit,
        @Nullable Digest digest) {

    /** Nothing. */
    public static final Quiet NONE = new Quiet(null, null, null);
}
