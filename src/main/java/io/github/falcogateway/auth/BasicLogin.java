package io.github.falcogateway.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** User and password of HTTP Basic (RFC 7617). Immutable; its text shows neither. */
record BasicLogin(String user, String password) {

    /** Reads an Authorization header; null where it is no Basic one. */
    static @Nullable BasicLogin of(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return null;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(header.substring(6).strip());
            String text = new String(bytes, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? null : new BasicLogin(text.substring(0, colon), text.substring(colon + 1));
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
