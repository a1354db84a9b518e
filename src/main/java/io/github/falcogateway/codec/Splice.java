package io.github.falcogateway.codec;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.FalcoEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes to a JSON text, put in by place; where two have one place, in the order they were asked for. Confined to one call. */
final class Splice {

    private record Edit(Span place, byte[] text, int id) {}

    private static final int NO_ID = -1;

    private final byte[] json;
    private final List<Edit> edits = new ArrayList<>(3);
    private int size;

    Splice(byte[] json) {
        this.json = json;
        this.size = json.length;
    }

    void replace(Span place, String text) {
        add(place, text, NO_ID);
    }

    void insert(int at, String text) {
        replace(new Span(at, at), text);
    }

    void insertAroundId(int at, String before, String after) {
        replaceAroundId(new Span(at, at), before, after);
    }

    /** Both texts are the gateway's own but for quoted parts; {@code before} is ASCII. */
    void replaceAroundId(Span place, String before, String after) {
        add(place, before + after, before.length());
    }

    private void add(Span place, String text, int id) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        edits.add(new Edit(place, bytes, id));
        size += bytes.length - (place.to() - place.from());
    }

    Draft draft(FalcoEvent event) {
        if (edits.size() > 1) {
            edits.sort(Comparator.comparingInt(edit -> edit.place().from()));
        }
        byte[] form = new byte[size];
        int idAt = 0;
        int to = 0;
        int from = 0;
        for (Edit edit : edits) {
            to = put(json, from, edit.place().from() - from, form, to);
            idAt = edit.id() == NO_ID ? idAt : to + edit.id();
            to = put(edit.text(), 0, edit.text().length, form, to);
            from = edit.place().to();
        }
        put(json, from, json.length - from, form, to);
        return new Draft(event, form, idAt);
    }

    private static int put(byte[] bytes, int from, int length, byte[] into, int at) {
        System.arraycopy(bytes, from, into, at, length);
        return at + length;
    }
}
