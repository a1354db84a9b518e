package io.github.falcogateway.auth;

import io.github.falcogateway.event.Grant;
import io.github.falcogateway.secret.Secret;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The senders that are known. Thread-safe. */
public final class Senders {

    private final List<Credential> credentials;
    private final Passwords passwords;

    public Senders(List<Credential> credentials) {
        this.credentials = List.copyOf(credentials);
        this.passwords = new Passwords(credentials.stream()
                .map(Credential::passwordHash)
                .filter(Objects::nonNull)
                .toList());
    }

    /** Whether anybody may send. */
    public boolean isOpen() {
        return credentials.isEmpty();
    }

    /**
     * The sender, as far as that needs no hashing.
     *
     * @param authorization the header; null where there is none
     * @param certificateNames the names in the client's certificate; empty where it showed none
     */
    public Login<Grant> known(@Nullable String authorization, Set<String> certificateNames) {
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
            if (credential.certificateName() != null && certificateNames.contains(credential.certificateName())) {
                found = credential.grant();
            }
        }
        BasicLogin login = found == null ? BasicLogin.of(authorization) : null;
        return login == null ? Login.of(found) : known(login);
    }

    /** The sender by user and password; takes a tenth of a second, never on an event loop. */
    public @Nullable Grant hashed(@Nullable String authorization) {
        BasicLogin login = BasicLogin.of(authorization);
        if (login == null) {
            return null;
        }
        Grant found = null;
        boolean anyUser = false;
        for (Credential credential : credentials) {
            if (login.user().equals(credential.user())) {
                anyUser = true;
                found = passwords.matches(credential.passwordHash(), login.password()) ? credential.grant() : found;
            }
        }
        if (!anyUser) {
            passwords.matches(null, login.password());
        }
        return found;
    }

    private Login<Grant> known(BasicLogin login) {
        boolean anyUser = false;
        boolean undecided = false;
        for (Credential credential : credentials) {
            if (login.user().equals(credential.user())) {
                anyUser = true;
                Boolean matches = passwords.known(credential.passwordHash(), login.password());
                if (Boolean.TRUE.equals(matches)) {
                    return Login.of(credential.grant());
                }
                undecided |= matches == null;
            }
        }
        if (!anyUser) {
            undecided = passwords.known(null, login.password()) == null;
        }
        return undecided ? Login.unknownYet() : Login.of(null);
    }
}
