package io.github.falcogateway.codec;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.FalcoEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes to a JSON text, put in by place; where two have one place, in the order they were asked for. Confined to one call. */
final class Splice {

    private record Edit(Span place, String before, boolean id, String after) {}

    private final byte[] json;
    private final List<Edit> edits = new ArrayList<>(3);

    Splice(byte[] json) {
        this.json = json;
    }

    void replace(Span place, String text) {
        edits.add(new Edit(place, text, false, ""));
    }

    void insert(int at, String text) {
        replace(new Span(at, at), text);
    }

    void insertAroundId(int at, String before, String after) {
        replaceAroundId(new Span(at, at), before, after);
    }

    void replaceAroundId(Span place, String before, String after) {
        edits.add(new Edit(place, before, true, after));
    }

    Draft draft(FalcoEvent event) {
        edits.sort(Comparator.comparingInt(edit -> edit.place().from()));
        ByteArrayOutputStream head = new ByteArrayOutputStream(json.length + 64);
        ByteArrayOutputStream tail = new ByteArrayOutputStream(192);
        ByteArrayOutputStream out = head;
        int from = 0;
        for (Edit edit : edits) {
            out.write(json, from, edit.place().from() - from);
            out.writeBytes(edit.before().getBytes(StandardCharsets.UTF_8));
            out = edit.id() ? tail : out;
            out.writeBytes(edit.after().getBytes(StandardCharsets.UTF_8));
            from = edit.place().to();
        }
        out.write(json, from, json.length - from);
        return new Draft(event, head.toByteArray(), tail.toByteArray());
    }
}
