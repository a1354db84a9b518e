package io.github.falcogateway.auth;

import io.github.falcogateway.secret.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The people who may look, and those of them who may act. Thread-safe. */
public final class Viewers {

    private static final Viewers EVERYBODY = new Viewers(Map.of(), Set.of(), null, true);
    private static final Viewers UNSET = new Viewers(Map.of(), Set.of(), null, true);

    private final Map<String, Secret> hashes;
    private final Set<String> operators;
    private final @Nullable OpenIdOptions openId;
    private final boolean open;
    private final Passwords passwords;

    private Viewers(Map<String, Secret> hashes, Set<String> operators, @Nullable OpenIdOptions openId, boolean open) {
        this.hashes = new LinkedHashMap<>(hashes);
        this.operators = Set.copyOf(operators);
        this.openId = openId;
        this.open = open;
        this.passwords = new Passwords(hashes.values());
    }

    /** Whoever reaches the port. */
    public static Viewers everybody() {
        return EVERYBODY;
    }

    /** Nobody has said who: whoever reaches the port, which is good on loopback alone. */
    public static Viewers unset() {
        return UNSET;
    }

    /**
     * These users, and those for whom the provider vouches.
     *
     * @param hashes bcrypt by user
     * @param operators those of them who may act; none means all
     * @param openId the provider; null for none
     */
    public static Viewers of(Map<String, Secret> hashes, Set<String> operators, @Nullable OpenIdOptions openId) {
        return new Viewers(hashes, operators, openId, false);
    }

    public boolean isOpen() {
        return open;
    }

    public boolean isUnset() {
        return this == UNSET;
    }

    /** Whether anybody has a password here. */
    public boolean havePasswords() {
        return !hashes.isEmpty();
    }

    public @Nullable OpenIdOptions openId() {
        return openId;
    }

    /** Whether somebody who has logged in before may still look: the file, or what is asked of the provider, may have changed since. */
    public boolean accepts(Visitor visitor) {
        Secret hash = visitor.hash();
        return hash == null
                ? visitor.provider() != null && visitor.provider().equals(openId)
                : Objects.equals(hash, hashes.get(visitor.user()));
    }

    public boolean mayOperate(Visitor visitor) {
        return visitor.hash() == null ? visitor.operates() : operators.isEmpty() || operators.contains(visitor.user());
    }

    /** The user and password of HTTP Basic, as far as comparing needs no hashing. */
    public Login<Visitor> known(@Nullable String authorization) {
        BasicLogin login = BasicLogin.of(authorization);
        return login == null ? Login.of(null) : known(login.user(), login.password());
    }

    /** The user, as far as that needs no hashing. */
    public Login<Visitor> known(String user, String password) {
        Secret hash = hashes.get(user);
        Boolean matches = passwords.known(hash, password);
        return matches == null ? Login.unknownYet() : Login.of(visitor(user, hash, matches));
    }

    /** The user of HTTP Basic; takes a tenth of a second, never on an event loop. */
    public @Nullable Visitor hashed(@Nullable String authorization) {
        BasicLogin login = BasicLogin.of(authorization);
        return login == null ? null : hashed(login.user(), login.password());
    }

    /** The user; takes a tenth of a second, never on an event loop. */
    public @Nullable Visitor hashed(String user, String password) {
        Secret hash = hashes.get(user);
        return visitor(user, hash, passwords.matches(hash, password));
    }

    private static @Nullable Visitor visitor(String user, @Nullable Secret hash, boolean matches) {
        return matches && hash != null ? new Visitor(user, hash, null, false) : null;
    }
}
