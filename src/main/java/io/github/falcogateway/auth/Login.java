package io.github.falcogateway.auth;

import org.jspecify.annotations.Nullable;

/**
 * What is known of who asks without hashing. Immutable.
 *
 * @param who who it is; null where nobody known
 * @param undecided whether only hashing can tell
 */
public record Login<T>(@Nullable T who, boolean undecided) {

    static <T> Login<T> of(@Nullable T who) {
        return new Login<>(who, false);
    }

    static <T> Login<T> unknownYet() {
        return new Login<>(null, true);
    }
}
