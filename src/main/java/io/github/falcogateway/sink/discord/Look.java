package io.github.falcogateway.sink.discord;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import io.github.falcogateway.event.Priority;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How messages look and whom they call. Immutable.
 *
 * @param username the name they come under; empty for the webhook's own
 * @param avatarUrl the picture beside it; empty for the webhook's own
 * @param mentions the roles that bad events call
 * @param silentBelow messages of less than this priority ring no phone
 * @param fields the output fields to show; empty for those that matter in most events
 * @param template a Mustache template of the text; empty for Falco's own
 * @param publicUrl where people find the live view, for the links; empty for where it listens
 */
public record Look(
        String username,
        String avatarUrl,
        Mentions mentions,
        Priority silentBelow,
        List<String> fields,
        String template,
        String publicUrl) {

    private static final int LONGEST_URL = 2048;

    public Look {
        fields = List.copyOf(fields);
    }

    /** The webhook's own name and picture, nobody called, silent below Critical. */
    public static Look defaults(String publicUrl) {
        return new Look("", "", Mentions.none(), Priority.CRITICAL, List.of(), "", publicUrl);
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        usernameProblems(problems);
        problems.addAll(mentions.problems());
        if (!avatarUrl.isEmpty() && !isWebAddress(avatarUrl)) {
            problems.add("avatar_url: must be an http or https address of at most " + LONGEST_URL + " characters");
        }
        if (fields.size() > Limits.FIELDS - 1) {
            problems.add("fields: at most " + (Limits.FIELDS - 1));
        }
        try {
            Mustache.compiler().compile(template);
        } catch (MustacheException bad) {
            problems.add("template: is no Mustache: " + bad.getMessage());
        }
        return problems;
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && text.length() <= LONGEST_URL;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** The rules are at https://docs.discord.com/developers/resources/webhook#create-webhook. */
    private void usernameProblems(List<String> problems) {
        String lower = username.toLowerCase(Locale.ROOT);
        if (lower.contains("clyde") || lower.contains("discord")) {
            problems.add("username: Discord refuses names that contain \"clyde\" or \"discord\"");
        }
        if (username.codePointCount(0, username.length()) > Limits.USERNAME) {
            problems.add("username: at most " + Limits.USERNAME + " characters");
        }
        if (!username.equals(VisibleText.of(username, Limits.USERNAME + 1))) {
            problems.add("username: no control or invisible characters, no space at either end");
        }
    }
}
