package io.github.falcogateway.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes to a JSON text, put in by place; where two have one place, in the order they were asked for. Confined to one call. */
final class Splice {

    private record Edit(Span place, byte[] text, byte[] afterId) {}

    private static final byte[] NO_ID = new byte[0];

    private final Part json;
    private final List<Edit> edits = new ArrayList<>(3);

    Splice(Part json) {
        this.json = json;
    }

    void replace(Span place, byte[] text) {
        edits.add(new Edit(place, text, NO_ID));
    }

    void insert(int at, byte[] text) {
        replace(new Span(at, at), text);
    }

    /** Puts two texts in with the id between them. */
    void insertAroundId(int at, byte[] before, byte[] after) {
        edits.add(new Edit(new Span(at, at), before, after));
    }

    /** Puts two texts in with the id between them. */
    void replaceAroundId(Span place, String before, String after) {
        edits.add(new Edit(place, before.getBytes(UTF_8), after.getBytes(UTF_8)));
    }

    Draft draft(FalcoEvent event) {
        if (edits.size() > 1) {
            edits.sort(Comparator.comparingInt(edit -> edit.place().from()));
        }
        List<Part> parts = new ArrayList<>(3 * edits.size() + 1);
        int idBefore = 0;
        int from = json.from();
        for (Edit edit : edits) {
            parts.add(new Part(json.bytes(), from, edit.place().from()));
            parts.add(Part.all(edit.text()));
            if (edit.afterId() != NO_ID) {
                idBefore = parts.size();
                parts.add(Part.all(edit.afterId()));
            }
            from = edit.place().to();
        }
        parts.add(new Part(json.bytes(), from, json.to()));
        int size = 0;
        for (Part part : parts) {
            size += part.size();
        }
        return new Draft(event, parts, idBefore, size);
    }
}
