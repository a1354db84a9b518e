package io.github.falcogateway.codec;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes JSON strings. */
public final class JsonText {

    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private JsonText() {}

    /** The text as a JSON string, quotes included. */
    public static String quoted(String text) {
        return '"' + new String(ENCODER.quoteAsString(text)) + '"';
    }
}
