package io.github.falcogateway.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the output fields without a value, which an event as a value does not know. */
public final class NullFields {

    private NullFields() {}

    /** The names of the output fields of a kept event that are null. */
    public static List<String> of(byte[] kept) {
        if (!mentionsNull(kept)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (JsonParser parser = EventParser.JSON.createParser(kept)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean fields = parser.currentName().equals("output_fields");
                if (parser.nextToken() == JsonToken.START_OBJECT && fields) {
                    names.clear();
                    fields(parser, names);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("read before", impossible);
        }
        return names;
    }

    private static void fields(JsonParser parser, List<String> names) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            names.remove(name);
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                names.add(name);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Most events have none, and need not be read again. */
    private static boolean mentionsNull(byte[] kept) {
        for (int at = 0; at + 4 <= kept.length; at++) {
            if (kept[at] == 'n' && kept[at + 1] == 'u' && kept[at + 2] == 'l' && kept[at + 3] == 'l') {
                return true;
            }
        }
        return false;
    }
}
