package io.github.falcogateway.config;

import io.github.falcogateway.auth.Credential;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Tells of a credential that comes again: which of the two a sender is would be chance. Confined to one loading. */
final class Repeats {

    private final Map<List<Object>, Node> places = new HashMap<>();

    /** Tells where what this one is known by was before. */
    void look(Section section, Credential credential) {
        if (credential.token() != null) {
            refuse(section, "token", credential.token());
        } else if (credential.certificateName() != null) {
            refuse(section, "client_cert_cn", credential.certificateName());
        } else if (credential.user() != null && credential.passwordHash() != null) {
            Node before = put(section, "user", credential.user());
            Node same = put(section, "password_hash", List.of(credential.user(), credential.passwordHash()));
            if (same != null) {
                again(section, "password_hash", same);
            } else if (before != null) {
                // An old password and its new one may hold at the same time.
                section.source()
                        .warn(
                                section.place("user"),
                                "this user is at " + at(section, before) + " too, with another password_hash: which of"
                                        + " the two a sender is depends on its password");
            }
        }
    }

    private void refuse(Section section, String key, Object value) {
        Node before = put(section, key, value);
        if (before != null) {
            again(section, key, before);
        }
    }

    private @Nullable Node put(Section section, String key, Object value) {
        return places.putIfAbsent(List.of(key, value), section.place(key));
    }

    private static void again(Section section, String key, Node before) {
        section.problem(
                key,
                "this " + key + " is at " + at(section, before)
                        + " too: which of the two a sender is nobody could tell");
    }

    private static String at(Section section, Node node) {
        Mark mark = node.getStartMark().orElse(null);
        int line = mark == null ? 0 : mark.getLine();
        int column = mark == null ? 0 : mark.getColumn();
        return section.source().name() + ":" + (line + 1) + ":" + (column + 1);
    }
}
