package io.github.falcogateway.journal;

import io.github.falcogateway.event.JournaledEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Events of one commit in one row: far cheaper than a row each. Ids rise by one from the first. Immutable.
 *
 * @param body for each event its length with the top bit set, in four bytes, then the CRC32C of its id and its kept
 *     form in four bytes, then the kept form. SQLite finds no flipped bit in a value; this does
 */
record Frame(long firstId, int count, byte[] body) {

    static final int MAX_EVENTS = 1000;
    private static final int MAX_BYTES = 1 << 20;
    private static final int CHECKED = 1 << 31;
    private static final int HEAD = 2 * Integer.BYTES;

    /** Packs events in their order; a gap in the ids or a full frame begins a new one. */
    static List<Frame> pack(List<JournaledEvent> events) {
        List<Frame> frames = new ArrayList<>(1);
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            bytes += HEAD + events.get(i).json().length;
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
            byte[] json = event.json();
            body.putInt(json.length | CHECKED).putInt(sum(event.id(), json)).put(json);
        }
        return new Frame(events.get(0).id(), events.size(), body.array());
    }

    /** The kept forms in their order, null for one that is damaged. */
    List<byte @Nullable []> unpack() {
        List<byte @Nullable []> events = new ArrayList<>();
        ByteBuffer from = ByteBuffer.wrap(body);
        for (long id = firstId; id < firstId + count; id++) {
            events.add(next(id, from));
        }
        return events;
    }

    private static byte @Nullable [] next(long id, ByteBuffer from) {
        if (from.remaining() < Integer.BYTES) {
            return null;
        }
        int head = from.getInt();
        boolean checked = (head & CHECKED) != 0;
        int length = head & ~CHECKED;
        int rest = from.remaining() - (checked ? Integer.BYTES : 0);
        if (length > rest || rest < 0) {
            // Where the next one begins cannot be known.
            from.position(from.limit());
            return null;
        }
        int sum = checked ? from.getInt() : 0;
        byte[] event = new byte[length];
        from.get(event);
        return !checked || sum == sum(id, event) ? event : null;
    }

    private static int sum(long id, byte[] json) {
        CRC32C crc = new CRC32C();
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            crc.update((int) (id >>> shift) & 0xFF);
        }
        crc.update(json, 0, json.length);
        return (int) crc.getValue();
    }
}
