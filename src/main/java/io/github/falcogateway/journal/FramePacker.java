package io.github.falcogateway.journal;

import io.github.falcogateway.event.JournaledEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts events into frames. They are much alike, so that LZ4 makes a quarter of a commit of some, in less time than it takes
 * to write the rest, and the disk keeps them longer. Confined to one thread.
 */
final class FramePacker {

    private static final int MAX_BYTES = 1 << 20;
    /** In fewer bytes there is little that comes again. */
    private static final int LEAST_BYTES = 4 * 1024;
    /** What is packed by itself; the longest way back that LZ4 knows. */
    private static final int BLOCK_BYTES = 64 * 1024;

    private ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    private ByteBuffer body = ByteBuffer.allocate(BLOCK_BYTES);

    /** Packs events in their order; a gap in the ids or a full frame begins a new one. */
    List<Frame> pack(List<JournaledEvent> events) {
        List<Frame> frames = new ArrayList<>(1);
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            bytes += FramePart.HEAD + events.get(i).json().length;
            boolean last = i + 1 == events.size();
            boolean gap = !last && events.get(i + 1).id() != events.get(i).id() + 1;
            if (last || gap || i + 1 - from == Frame.MAX_EVENTS || bytes >= MAX_BYTES) {
                List<JournaledEvent> these = events.subList(from, i + 1);
                frames.add(new Frame(
                        these.get(0).id(), these.size(), bytes < LEAST_BYTES ? plain(these, bytes) : packed(these)));
                from = i + 1;
                bytes = 0;
            }
        }
        return frames;
    }

    private static byte[] plain(List<JournaledEvent> events, int bytes) {
        ByteBuffer body = ByteBuffer.allocate(bytes);
        events.forEach(event -> FramePart.put(event, body));
        return body.array();
    }

    private byte[] packed(List<JournaledEvent> events) {
        body.clear();
        PackedBody.begin(body);
        int count = 0;
        for (JournaledEvent event : events) {
            int bytes = FramePart.HEAD + event.json().length;
            if (count > 0 && block.position() + bytes > BLOCK_BYTES) {
                endBlock(count);
                count = 0;
            }
            block = withRoom(block, bytes);
            FramePart.put(event, block);
            count++;
        }
        endBlock(count);
        return Arrays.copyOf(body.array(), body.position());
    }

    private void endBlock(int count) {
        block.flip();
        body = withRoom(body, PackedBody.room(block.remaining()));
        PackedBody.add(count, block, body);
        block.clear();
    }

    private static ByteBuffer withRoom(ByteBuffer buffer, int more) {
        if (buffer.remaining() >= more) {
            return buffer;
        }
        int size = Math.max(buffer.position() + more, buffer.capacity() * 2);
        return ByteBuffer.allocate(size).put(buffer.flip());
    }
}
