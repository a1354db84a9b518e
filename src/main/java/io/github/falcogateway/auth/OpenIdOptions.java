package io.github.falcogateway.auth;

import io.github.falcogateway.secret.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID provider that vouches for people. Immutable.
 *
 * @param issuer its address, under which {@code /.well-known/openid-configuration} is
 * @param clientId what the gateway is called there
 * @param redirect the address of the gateway's {@code /login/callback} as a browser sees it
 * @param scopes what it is asked for
 * @param userClaim the claim that names somebody
 * @param groupsClaim the claim that holds somebody's groups
 * @param viewGroups who may look, one of them is enough; empty for all whom the provider lets in
 * @param operateGroups who may act besides; empty for all who may look
 * @param ca who signs the provider's certificate, what the PEM file held; null for those that the machine trusts
 */
public record OpenIdOptions(
        String issuer,
        String clientId,
        Secret clientSecret,
        String redirect,
        List<String> scopes,
        String userClaim,
        String groupsClaim,
        Set<String> viewGroups,
        Set<String> operateGroups,
        @Nullable String ca) {

    public OpenIdOptions {
        scopes = List.copyOf(scopes);
        viewGroups = Set.copyOf(viewGroups);
        operateGroups = Set.copyOf(operateGroups);
    }

    /** Somebody with these groups; null where they may not look. */
    public @Nullable Visitor visitor(String user, Collection<String> groups) {
        boolean operates = operateGroups.isEmpty() || groups.stream().anyMatch(operateGroups::contains);
        boolean looks = viewGroups.isEmpty() || groups.stream().anyMatch(viewGroups::contains);
        boolean named = !operateGroups.isEmpty() && operates;
        return looks || named ? new Visitor(user, null, this, operates) : null;
    }
}
