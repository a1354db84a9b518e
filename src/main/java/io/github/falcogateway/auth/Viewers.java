package io.github.falcogateway.auth;

import io.github.falcogateway.secret.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
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

    /** The user, where no hashing is needed to know; else null. */
    public @Nullable String known(@Nullable String authorization) {
        return login(authorization, passwords::known);
    }

    /** The user; takes a tenth of a second, never on an event loop. */
    public @Nullable String hashed(@Nullable String authorization) {
        return login(authorization, passwords::matches);
    }

    private @Nullable String login(@Nullable String authorization, BiPredicate<Secret, String> matches) {
        BasicLogin login = BasicLogin.of(authorization);
        Secret hash = login == null ? null : hashes.get(login.user());
        return login != null && hash != null && matches.test(hash, login.password()) ? login.user() : null;
    }
}
