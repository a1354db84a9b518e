package io.github.falcogateway.auth;

import io.github.falcogateway.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has logged in. Immutable.
 *
 * @param user the name, for people and the log
 * @param hash what the password was compared with; null where a provider vouches
 * @param provider the OpenID provider that vouches; null where a password was compared
 * @param operates whether the provider's word lets them act; who is in the htpasswd file acts by the list of operators
 */
public record Visitor(
        String user, @Nullable Secret hash, @Nullable OpenIdOptions provider, boolean operates) {}
