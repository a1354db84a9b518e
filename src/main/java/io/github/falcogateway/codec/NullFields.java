package io.github.falcogateway.codec;

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
        JsonCursor cursor = new JsonCursor(kept);
        try {
            cursor.object();
            while (cursor.member()) {
                if (cursor.name().equals("output_fields") && cursor.kind() == '{') {
                    names.clear();
                    fields(cursor, names);
                } else {
                    cursor.skip();
                }
            }
        } catch (DecodeException impossible) {
            throw new IllegalStateException("read before", impossible);
        }
        return names;
    }

    private static void fields(JsonCursor cursor, List<String> names) throws DecodeException {
        cursor.object();
        while (cursor.member()) {
            String name = cursor.name();
            names.remove(name);
            if (cursor.kind() == 'n') {
                names.add(name);
            }
            cursor.skip();
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
