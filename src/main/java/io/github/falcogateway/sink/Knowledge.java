package io.github.falcogateway.sink;

import io.github.falcogateway.journal.Store;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** What is kept with a sink's place: what the sink itself knows, or what its notices hold. Confined to one event loop. */
record Knowledge(Sink sink, Audience audience) {

    boolean isChanged() {
        return audience instanceof Notices notices ? notices.isChanged() : sink.isChanged();
    }

    Map<String, Buffer> changes() {
        return audience instanceof Notices notices ? notices.changes() : sink.changes();
    }

    /** Takes up what the store has. */
    Future<Void> restore(Store store, String name) {
        return store.notes(name).map(notes -> {
            if (audience instanceof Notices notices) {
                notices.restore(notes);
            } else {
                sink.restore(notes);
            }
            return null;
        });
    }
}
