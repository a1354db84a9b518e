package io.github.falcogateway.config;

import io.github.falcogateway.auth.OpenIdOptions;
import io.github.falcogateway.secret.Secret;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads which OpenID provider vouches for people. Confined to one loading. */
final class OpenIdReader {

    private static final String CALLBACK = "/login/callback";

    private OpenIdReader() {}

    /** The provider; null where something is wrong, which is told. */
    static @Nullable OpenIdOptions read(Section section) {
        String issuer = url(section, "issuer", "");
        String redirect = url(section, "redirect", CALLBACK);
        String client = section.text("client_id");
        String secret = section.text("client_secret");
        List<String> scopes = texts(section, "scopes");
        String ca = ca(section);
        OpenIdOptions options = new OpenIdOptions(
                issuer,
                client == null ? "" : client,
                new Secret(secret == null ? "" : secret),
                redirect,
                scopes.isEmpty() ? List.of("openid", "profile") : scopes,
                section.text("user_claim", "preferred_username"),
                section.text("groups_claim", "groups"),
                groups(section, "view_groups"),
                groups(section, "operate_groups"),
                ca);
        if (client == null || secret == null) {
            section.problem(client == null ? "client_id" : "client_secret", "openid needs client_id and client_secret");
        }
        if (!options.scopes().contains("openid")) {
            section.problem("scopes", "openid.scopes must hold openid");
        }
        section.end();
        return issuer.isEmpty() || redirect.isEmpty() || client == null || secret == null ? null : options;
    }

    /** Who signs the provider's certificate; null for those that the machine trusts. */
    private static @Nullable String ca(Section section) {
        String file = section.text("ca");
        if (file == null) {
            return null;
        }
        section.source().reads(file);
        PemFiles.faults(file, null, null).forEach(section::problem);
        return PemFiles.text(file);
    }

    /** An address with TLS, or on this machine. */
    private static String url(Section section, String key, String end) {
        String text = section.text(key);
        try {
            URI uri = URI.create(text == null ? "" : text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (text != null && web && uri.getHost() != null && text.endsWith(end)) {
                return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below.
        }
        section.problem(key, "openid." + key + " must be an address such as https://HOST" + end);
        return "";
    }

    private static Set<String> groups(Section section, String key) {
        return texts(section, key).stream().collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> texts(Section section, String key) {
        return section.texts(key).stream().map(Section.Text::text).toList();
    }
}
