package io.github.falcogateway.sink.discord;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The part of JSON Schema that Discord's OpenAPI document uses for a webhook's message. Confined to one test. */
final class DiscordSchema {

    private static final String MESSAGE = "IncomingWebhookRequestPartial";

    private final JsonObject schemas;

    private DiscordSchema(JsonObject schemas) {
        this.schemas = schemas;
    }

    /** Reads the document; the test is skipped where there is none. */
    static DiscordSchema load() throws Exception {
        Path file = Path.of("..", "shared", "discord-openapi-subset.json");
        Path further = Path.of("..").resolve(file);
        Path found = Files.exists(file) ? file : further;
        assumeTrue(Files.exists(found));
        return new DiscordSchema(new JsonObject(Files.readString(found))
                .getJsonObject("components")
                .getJsonObject("schemas"));
    }

    List<String> problems(JsonObject message) {
        List<String> problems = new ArrayList<>();
        check(message, schemas.getJsonObject(MESSAGE), "message", problems);
        return problems;
    }

    private void check(Object value, JsonObject schema, String at, List<String> problems) {
        if (schema.containsKey("$ref")) {
            String ref = schema.getString("$ref");
            check(value, schemas.getJsonObject(ref.substring(ref.lastIndexOf('/') + 1)), at, problems);
            return;
        }
        if (schema.containsKey("oneOf") && matches(value, schema.getJsonArray("oneOf")) != 1) {
            problems.add(at + ": not exactly one form fits");
        }
        if (!isOfType(value, schema.getValue("type"))) {
            problems.add(at + ": type");
        } else if (value instanceof String text) {
            checkText(text, schema, at, problems);
        } else if (value instanceof JsonArray items) {
            checkItems(items, schema, at, problems);
        } else if (value instanceof JsonObject object) {
            checkObject(object, schema, at, problems);
        } else if (value instanceof Number number && number.longValue() > schema.getLong("maximum", Long.MAX_VALUE)) {
            problems.add(at + ": maximum");
        }
    }

    private int matches(Object value, JsonArray forms) {
        int matches = 0;
        for (int i = 0; i < forms.size(); i++) {
            List<String> problems = new ArrayList<>();
            check(value, forms.getJsonObject(i), "", problems);
            matches += problems.isEmpty() ? 1 : 0;
        }
        return matches;
    }

    private void checkObject(JsonObject object, JsonObject schema, String at, List<String> problems) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (String name : object.fieldNames()) {
            if (properties.containsKey(name)) {
                check(object.getValue(name), properties.getJsonObject(name), at + "." + name, problems);
            } else if (schema.containsKey("properties")) {
                problems.add(at + "." + name + ": unknown");
            }
        }
        for (Object name : schema.getJsonArray("required", new JsonArray())) {
            if (!object.containsKey((String) name)) {
                problems.add(at + "." + name + ": required");
            }
        }
    }

    private void checkItems(JsonArray items, JsonObject schema, String at, List<String> problems) {
        if (items.size() > schema.getInteger("maxItems", Integer.MAX_VALUE)) {
            problems.add(at + ": maxItems");
        }
        for (int i = 0; i < items.size(); i++) {
            check(items.getValue(i), schema.getJsonObject("items"), at + "." + i, problems);
        }
    }

    private static void checkText(String text, JsonObject schema, String at, List<String> problems) {
        int points = text.codePointCount(0, text.length());
        if (points > schema.getInteger("maxLength", Integer.MAX_VALUE) || points < schema.getInteger("minLength", 0)) {
            problems.add(at + ": length");
        }
    }

    private static boolean isOfType(Object value, Object type) {
        if (type == null) {
            return true;
        }
        if (type instanceof JsonArray types) {
            return types.stream().anyMatch(one -> isOfType(value, one));
        }
        return switch ((String) type) {
            case "null" -> value == null;
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "boolean" -> value instanceof Boolean;
            case "array" -> value instanceof JsonArray;
            default -> value instanceof JsonObject;
        };
    }
}
