package io.github.falcogateway.journal;

import io.github.falcogateway.event.JournaledEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of one commit in one row: far cheaper than a row each. Ids rise by one from the first. Immutable.
 *
 * @param body for each event its length in four bytes, then its kept form
 */
record Frame(long firstId, int count, byte[] body) {

    private static final int MAX_EVENTS = 1000;
    private static final int MAX_BYTES = 1 << 20;

    /** Packs events in their order; a gap in the ids or a full frame begins a new one. */
    static List<Frame> pack(List<JournaledEvent> events) {
        List<Frame> frames = new ArrayList<>(1);
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            bytes += Integer.BYTES + events.get(i).json().length;
            boolean last = i + 1 == events.size();
            boolean gap = !last && events.get(i + 1).id() != events.get(i).id() + 1;
            if (last || gap || i + 1 - from == MAX_EVENTS || bytes >= MAX_BYTES) {
                frames.add(frame(events.subList(from, i + 1), bytes));
                from = i + 1;
                bytes = 0;
            }
        }
        return frames;
    }

    private static Frame frame(List<JournaledEvent> events, int bytes) {
        ByteBuffer body = ByteBuffer.allocate(bytes);
        for (JournaledEvent event : events) {
            body.putInt(event.json().length).put(event.json());
        }
        return new Frame(events.get(0).id(), events.size(), body.array());
    }

    /** The kept forms in their order. */
    List<byte[]> unpack() {
        List<byte[]> events = new ArrayList<>(count);
        ByteBuffer from = ByteBuffer.wrap(body);
        for (int i = 0; i < count; i++) {
            byte[] event = new byte[from.getInt()];
            from.get(event);
            events.add(event);
        }
        return events;
    }
}
