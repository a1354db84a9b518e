package io.github.falcogateway.sink;

import io.github.falcogateway.journal.Store;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept with a sink's place: what the sink itself knows, or what its notices hold. Confined to one event loop. */
record Knowledge(Sink sink, @Nullable Notices notices) {

    boolean isChanged() {
        return notices == null ? sink.isChanged() : notices.isChanged();
    }

    Map<String, Buffer> changes() {
        return notices == null ? sink.changes() : notices.changes();
    }

    /** Takes up what the store has. */
    Future<Void> restore(Store store, String name) {
        return store.notes(name).map(notes -> {
            if (notices == null) {
                sink.restore(notes);
            } else {
                notices.restore(notes);
            }
            return null;
        });
    }
}
