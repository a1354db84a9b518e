package io.github.falcogateway.journal;

import io.github.falcogateway.event.JournaledEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Some events of a frame that follow each other. Immutable.
 *
 * @param checked whether each event has a checksum, as all but those of old plain files have
 * @param body for each event its length with the top bit set, in four bytes, then the CRC32C of its id and its kept
 *     form in four bytes, then the kept form. SQLite finds no flipped bit in a value; this does
 */
record FramePart(long firstId, int count, boolean checked, Body body) {

    /** What an event has before its kept form, in bytes. */
    static final int HEAD = 2 * Integer.BYTES;

    private static final int CHECKED = 1 << 31;

    /** Bytes that may have to be unpacked. */
    interface Body {
        byte[] plain();
    }

    /** Of a plain frame. */
    FramePart(long firstId, int count, byte[] plain) {
        this(firstId, count, false, () -> plain);
    }

    long lastId() {
        return firstId + count - 1;
    }

    /** Puts an event where it goes in a body. */
    static void put(JournaledEvent event, ByteBuffer to) {
        byte[] json = event.json();
        to.putInt(json.length | CHECKED).putInt(sum(event.id(), json)).put(json);
    }

    /** The kept forms in their order, null for one that is damaged. */
    List<byte @Nullable []> unpack() {
        List<byte @Nullable []> events = new ArrayList<>(count);
        ByteBuffer from = ByteBuffer.wrap(body.plain());
        for (long id = firstId; id <= lastId(); id++) {
            events.add(next(id, from));
        }
        return events;
    }

    private byte @Nullable [] next(long id, ByteBuffer from) {
        if (from.remaining() < Integer.BYTES) {
            return null;
        }
        int head = from.getInt();
        boolean hasSum = (head & CHECKED) != 0;
        int length = head & ~CHECKED;
        int rest = from.remaining() - (hasSum ? Integer.BYTES : 0);
        if (length > rest || rest < 0 || (checked && !hasSum)) {
            // Where the next one begins cannot be known.
            from.position(from.limit());
            return null;
        }
        int sum = hasSum ? from.getInt() : 0;
        byte[] event = new byte[length];
        from.get(event);
        return !hasSum || sum == sum(id, event) ? event : null;
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
