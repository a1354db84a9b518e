package io.github.falcogateway.auth;

import io.github.falcogateway.event.Grant;
import io.github.falcogateway.secret.Secret;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The senders that are known. Thread-safe. */
public final class Senders {

    private final List<Credential> credentials;
    private final Passwords passwords = new Passwords();

    public Senders(List<Credential> credentials) {
        this.credentials = List.copyOf(credentials);
    }

    /** Whether anybody may send. */
    public boolean isOpen() {
        return credentials.isEmpty();
    }

    /**
     * The sender, as far as that needs no hashing; null where it does, or is not known.
     *
     * @param authorization the header; null where there is none
     * @param certificateName of the client's certificate; null where it showed none
     */
    public @Nullable Grant known(@Nullable String authorization, @Nullable String certificateName) {
        String token = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? authorization.substring(7).strip()
                : null;
        Grant found = null;
        for (Credential credential : credentials) {
            // No early return: how long it takes must not tell which token is near.
            Secret secret = credential.token();
            if (token != null && secret != null && secret.matches(token)) {
                found = credential.grant();
            }
            if (certificateName != null && certificateName.equals(credential.certificateName())) {
                found = credential.grant();
            }
        }
        return found != null ? found : login(authorization, passwords::known);
    }

    /** Whether it is worth to hash. */
    public boolean mayHash(@Nullable String authorization) {
        BasicLogin login = BasicLogin.of(authorization);
        return login != null
                && credentials.stream().anyMatch(credential -> login.user().equals(credential.user()));
    }

    /** The sender by user and password; takes a tenth of a second, never on an event loop. */
    public @Nullable Grant hashed(@Nullable String authorization) {
        return login(authorization, passwords::matches);
    }

    private @Nullable Grant login(@Nullable String authorization, BiPredicate<Secret, String> matches) {
        BasicLogin login = BasicLogin.of(authorization);
        if (login == null) {
            return null;
        }
        for (Credential credential : credentials) {
            Secret hash = credential.passwordHash();
            if (hash != null && login.user().equals(credential.user()) && matches.test(hash, login.password())) {
                return credential.grant();
            }
        }
        return null;
    }
}
