package io.github.falcogateway.journal;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.JournaledEvent;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An append on its way. Immutable but for its promise.
 *
 * @param context where the caller waits; null where it is no context
 */
record Pending(
        long firstId,
        List<Draft> drafts,
        Durability durability,
        Promise<Receipt> promise,
        @Nullable Context context) {

    List<JournaledEvent> events() {
        List<JournaledEvent> events = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            events.add(drafts.get(i).keep(firstId + i));
        }
        return events;
    }

    Receipt receipt(boolean durable) {
        return new Receipt(firstId, firstId + drafts.size() - 1, durable);
    }
}
