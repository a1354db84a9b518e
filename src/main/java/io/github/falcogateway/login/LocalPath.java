package io.github.falcogateway.login;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where to go on after a login: a path of this gateway, never another site that a link named. */
final class LocalPath {

    private static final String START = "/";

    private LocalPath() {}

    /** The path, or the start page where it is none of ours. */
    static String of(@Nullable String wanted) {
        if (wanted == null || !wanted.matches("/[!-\\[\\]-~&&[^<>\"'`]]*") || wanted.startsWith("//")) {
            return START;
        }
        try {
            URI uri = URI.create(wanted);
            boolean local = uri.getScheme() == null && uri.getRawAuthority() == null;
            return local && !wanted.startsWith("/login") && !wanted.startsWith("/logout") ? wanted : START;
        } catch (IllegalArgumentException malformed) {
            return START;
        }
    }
}
