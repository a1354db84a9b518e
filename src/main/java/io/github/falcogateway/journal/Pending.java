package io.github.falcogateway.journal;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.JournaledEvent;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An append on its way. Made by the caller's thread, then confined to the writer's. */
final class Pending {

    private final long firstId;
    private final int size;
    private final Durability durability;
    private final Promise<Receipt> promise;
    private final @Nullable Context context;
    private List<Draft> drafts;
    private List<JournaledEvent> events = List.of();

    /**
     * An append.
     *
     * @param context where the caller waits; null where it is no context
     */
    Pending(
            long firstId,
            List<Draft> drafts,
            Durability durability,
            Promise<Receipt> promise,
            @Nullable Context context) {
        this.firstId = firstId;
        this.size = drafts.size();
        this.drafts = drafts;
        this.durability = durability;
        this.promise = promise;
        this.context = context;
    }

    /** How large the drafts are together. */
    static long bytes(List<Draft> drafts) {
        long bytes = 0;
        for (Draft draft : drafts) {
            bytes += draft.size();
        }
        return bytes;
    }

    Durability durability() {
        return durability;
    }

    Promise<Receipt> promise() {
        return promise;
    }

    @Nullable
    Context context() {
        return context;
    }

    /** The events under their ids. */
    List<JournaledEvent> events() {
        if (!drafts.isEmpty()) {
            events = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                events.add(drafts.get(i).keep(firstId + i));
            }
            // While the disk is waited for, one form of them in memory is enough.
            drafts = List.of();
        }
        return events;
    }

    Receipt receipt(boolean durable) {
        return new Receipt(firstId, firstId + size - 1, durable);
    }
}
