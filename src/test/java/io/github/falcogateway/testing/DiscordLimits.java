package io.github.falcogateway.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Discord's published limits on a webhook message, written apart from the sink that keeps them. Confined to one check.
 *
 * @see <a href="https://docs.discord.com/developers/resources/message#embed-object-embed-limits">Embed limits</a>
 */
public final class DiscordLimits {

    private final List<String> violations = new ArrayList<>();
    private int total;

    private DiscordLimits() {}

    /** What is wrong with a message, each with its place as Discord names it; empty when Discord takes it. */
    public static List<String> violations(JsonObject message) {
        DiscordLimits limits = new DiscordLimits();
        limits.message(message);
        return limits.violations;
    }

    private void message(JsonObject message) {
        text("content", message.getString("content"), 1, 2000);
        username(message.getString("username"));
        JsonArray embeds = message.getJsonArray("embeds", new JsonArray());
        if (embeds.isEmpty() && message.getString("content") == null) {
            violations.add("empty message");
        }
        most("embeds", embeds.size(), 10);
        Set<String> urls = new HashSet<>();
        for (int i = 0; i < embeds.size(); i++) {
            JsonObject embed = embeds.getJsonObject(i);
            embed("embeds." + i, embed);
            if (embed.getString("url") != null && !urls.add(embed.getString("url"))) {
                violations.add("embeds." + i + ".url is that of another");
            }
        }
        most("embeds text", total, 6000);
        mentions(message);
    }

    private void username(String name) {
        text("username", name, 1, 80);
        String lower = name == null ? "" : name.toLowerCase(Locale.ROOT);
        if (lower.contains("clyde") || lower.contains("discord")) {
            violations.add("username is reserved");
        }
    }

    private void embed(String place, JsonObject embed) {
        total += text(place + ".title", embed.getString("title"), 1, 256);
        total += text(place + ".description", embed.getString("description"), 1, 4096);
        total += text(place + ".author.name", inner(embed, "author").getString("name"), 1, 256);
        total += text(place + ".footer.text", inner(embed, "footer").getString("text"), 1, 2048);
        if (!(embed.getValue("color") instanceof Integer color) || color < 0 || color > 0xFFFFFF) {
            violations.add(place + ".color");
        }
        timestamp(place, embed.getString("timestamp"));
        JsonArray fields = embed.getJsonArray("fields", new JsonArray());
        most(place + ".fields", fields.size(), 25);
        for (int i = 0; i < fields.size(); i++) {
            JsonObject field = fields.getJsonObject(i);
            total += text(place + ".fields." + i + ".name", field.getString("name", ""), 1, 256);
            total += text(place + ".fields." + i + ".value", field.getString("value", ""), 1, 1024);
        }
    }

    private void timestamp(String place, String timestamp) {
        try {
            if (timestamp != null && OffsetDateTime.parse(timestamp).getYear() > 9999) {
                violations.add(place + ".timestamp");
            }
        } catch (DateTimeParseException malformed) {
            violations.add(place + ".timestamp");
        }
    }

    private void mentions(JsonObject message) {
        JsonObject allowed = message.getJsonObject("allowed_mentions");
        if (allowed == null || allowed.getJsonArray("parse") == null) {
            violations.add("allowed_mentions missing: users would be notified");
            return;
        }
        most("allowed_mentions.parse", allowed.getJsonArray("parse").size(), 0);
        most(
                "allowed_mentions.roles",
                allowed.getJsonArray("roles", new JsonArray()).size(),
                100);
    }

    private int text(String place, String text, int least, int most) {
        if (text == null) {
            return 0;
        }
        String trimmed = text.strip();
        int points = trimmed.codePointCount(0, trimmed.length());
        if (points < least) {
            violations.add(place + " is empty");
        }
        if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            violations.add(place + " is no Unicode text");
        }
        most(place, points, most);
        return points;
    }

    private void most(String place, int count, int most) {
        if (count > most) {
            violations.add(place + ": " + count + " is over " + most);
        }
    }

    private static JsonObject inner(JsonObject object, String name) {
        return object.getJsonObject(name, new JsonObject());
    }
}
