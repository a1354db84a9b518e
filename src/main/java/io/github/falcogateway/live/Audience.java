package io.github.falcogateway.live;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.filter.Filter;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams that ask for the same condition: it is asked once per event for all of them. */
final class Audience {

    private final @Nullable Filter filter;
    /** Guarded by the broadcast. */
    private int members;
    /** Confined to the broadcast's event loop, as are the bytes of them. */
    private List<Frame> waiting = new ArrayList<>();

    private long bytes;

    Audience(@Nullable Filter filter) {
        this.filter = filter;
    }

    /**
     * What one flush has for an audience. Immutable.
     *
     * @param frames none where they are too much for every stream to have a copy on its way
     * @param all the frames one behind the other
     */
    record Share(List<Frame> frames, Buffer all) {}

    /** Whether it asks for an event. */
    boolean takes(FalcoEvent event) {
        return filter == null || filter.test(event);
    }

    /** Whether it may ask for an event of this outline. */
    boolean mayTake(FalcoEvent outline) {
        return filter == null || filter.rough().test(outline);
    }

    boolean isEverything() {
        return filter == null;
    }

    int join(int more) {
        members += more;
        return members;
    }

    /** Adds a frame where all that wait are no more than these bytes. */
    void add(Frame frame, int most) {
        bytes += frame.text().length();
        if (bytes <= most) {
            waiting.add(frame);
        } else {
            waiting.clear();
        }
    }

    /** Takes out what waits; null where nothing does. */
    @Nullable
    Share share() {
        if (bytes == 0) {
            return null;
        }
        bytes = 0;
        List<Frame> frames = waiting;
        waiting = new ArrayList<>();
        if (frames.size() == 1) {
            return new Share(frames, frames.get(0).text());
        }
        Buffer all = Buffer.buffer();
        frames.forEach(frame -> all.appendBuffer(frame.text()));
        return new Share(frames, all);
    }
}
