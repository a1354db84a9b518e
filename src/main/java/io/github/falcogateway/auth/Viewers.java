package io.github.falcogateway.auth;

import io.github.falcogateway.secret.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The people who may look, and those of them who may act. Thread-safe. */
public final class Viewers {

    private static final Viewers EVERYBODY = new Viewers(Map.of(), Set.of(), true);

    private final Map<String, Secret> hashes;
    private final Set<String> operators;
    private final boolean open;
    private final Passwords passwords = new Passwords();

    private Viewers(Map<String, Secret> hashes, Set<String> operators, boolean open) {
        this.hashes = new LinkedHashMap<>(hashes);
        this.operators = Set.copyOf(operators);
        this.open = open;
    }

    /** Whoever reaches the port. */
    public static Viewers everybody() {
        return EVERYBODY;
    }

    /**
     * These users.
     *
     * @param hashes bcrypt by user
     * @param operators those who may act; none means all of them
     */
    public static Viewers of(Map<String, Secret> hashes, Set<String> operators) {
        return new Viewers(hashes, operators, false);
    }

    public boolean isOpen() {
        return open;
    }

    public boolean mayOperate(String user) {
        return open || operators.isEmpty() || operators.contains(user);
    }

    /** The user, as far as that needs no hashing. */
    public Login<String> known(@Nullable String authorization) {
        BasicLogin login = BasicLogin.of(authorization);
        if (login == null) {
            return Login.of(null);
        }
        Boolean matches = passwords.known(hashes.get(login.user()), login.password());
        return matches == null ? Login.unknownYet() : Login.of(matches ? login.user() : null);
    }

    /** The user; takes a tenth of a second, never on an event loop. */
    public @Nullable String hashed(@Nullable String authorization) {
        BasicLogin login = BasicLogin.of(authorization);
        return login != null && passwords.matches(hashes.get(login.user()), login.password()) ? login.user() : null;
    }
}
