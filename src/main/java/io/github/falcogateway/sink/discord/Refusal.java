package io.github.falcogateway.sink.discord;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why Discord refused a message: its numbers and names only, as its sentences may repeat the message. Immutable.
 *
 * @param code 0 where Discord named none
 * @param place the refused part, such as {@code embeds.0.title}; may be empty
 * @param error what is wrong there, such as {@code BASE_TYPE_MAX_LENGTH}; may be empty
 * @see <a href="https://docs.discord.com/developers/reference#error-messages">Discord: error messages</a>
 */
record Refusal(int code, String place, String error) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final String ERRORS = "_errors";
    private static final int DEPTH = 8;

    static Refusal of(@Nullable JsonObject answer) {
        if (answer == null) {
            return new Refusal(0, "", "");
        }
        int code = answer.getValue("code") instanceof Number number ? number.intValue() : 0;
        return answer.getValue("errors") instanceof JsonObject errors ? first(code, errors) : new Refusal(code, "", "");
    }

    /** Whether another event might be taken; a refused username or thread refuses all. */
    boolean isOfTheEvents() {
        return place.isEmpty() || place.startsWith("embeds");
    }

    @Override
    public String toString() {
        String head = code == 0 ? "refused with status 400" : "refused with status 400, code " + code;
        String what = (place + " " + error).strip();
        return what.isEmpty() ? head : head + ": " + what;
    }

    private static Refusal first(int code, JsonObject errors) {
        StringBuilder place = new StringBuilder();
        JsonObject at = errors;
        for (int i = 0; i < DEPTH && !at.isEmpty(); i++) {
            if (at.getValue(ERRORS) instanceof JsonArray found) {
                return new Refusal(code, place.toString(), errorCode(found));
            }
            String name = at.fieldNames().iterator().next();
            if (!NAME.matcher(name).matches() || !(at.getValue(name) instanceof JsonObject inner)) {
                break;
            }
            place.append(place.isEmpty() ? "" : ".").append(name);
            at = inner;
        }
        return new Refusal(code, place.toString(), "");
    }

    private static String errorCode(JsonArray found) {
        boolean named = !found.isEmpty()
                && found.getValue(0) instanceof JsonObject first
                && first.getValue("code") instanceof String;
        String code = named ? found.getJsonObject(0).getString("code") : "";
        return NAME.matcher(code).matches() ? code : "";
    }
}
