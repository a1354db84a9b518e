package io.github.falcogateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.github.falcogateway.secret.Secret;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    /** Beside one hash that costs little, a stand-in as costly as those that hash-password makes took 85 times as long. */
    @Test
    void anUnknownUserTakesAsLongAsAWrongPassword() {
        Secret hash = new Secret(BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, "right".toCharArray()));
        Viewers viewers = Viewers.of(Map.of("ann", hash), Set.of(), null);
        long known = Long.MAX_VALUE;
        long unknown = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            known = Math.min(known, nanos(viewers, "ann", "wrong" + i));
            unknown = Math.min(unknown, nanos(viewers, "bob", "wrong" + i));
        }
        assertThat((double) unknown / known).isBetween(0.1, 10.0);
    }

    @Test
    void whatIsTriedWithAnUnknownUserSaysNothingOfTheKnownOne() {
        Secret hash = new Secret(BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, "right".toCharArray()));
        Viewers viewers = Viewers.of(Map.of("ann", hash), Set.of(), null);
        assertThat(viewers.hashed("bob", "right")).isNull();
        assertThat(viewers.known("ann", "right").undecided()).isTrue();
        assertThat(viewers.hashed("ann", "right")).isNotNull();
        assertThat(viewers.known("bob", "right").who()).isNull();
    }

    private static long nanos(Viewers viewers, String user, String password) {
        long before = System.nanoTime();
        assertThat(viewers.hashed(user, password)).isNull();
        return System.nanoTime() - before;
    }
}
