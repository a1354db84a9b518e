package io.github.falcogateway.auth;

import io.github.falcogateway.event.Grant;
import io.github.falcogateway.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * How one sender is known: by one of token, user and password, certificate. Immutable.
 *
 * @param token of {@code Authorization: Bearer}
 * @param user of HTTP Basic
 * @param passwordHash bcrypt
 * @param certificateName the common name of a client certificate
 * @param grant what it may say of itself
 */
public record Credential(
        @Nullable Secret token,
        @Nullable String user,
        @Nullable Secret passwordHash,
        @Nullable String certificateName,
        Grant grant) {}
