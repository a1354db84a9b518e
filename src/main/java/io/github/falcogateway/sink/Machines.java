package io.github.falcogateway.sink;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes every event as it comes. Immutable. */
final class Machines implements Audience {

    @Override
    public boolean isPeople() {
        return false;
    }

    @Override
    public boolean sift(Backlog backlog, Instant now) {
        return false;
    }

    @Override
    public Waiting waiting(Backlog backlog) {
        return backlog;
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public Future<List<Delivery>> whole(List<Delivery> batch) {
        return Future.succeededFuture(batch);
    }

    @Override
    public boolean isUrgent() {
        return false;
    }

    @Override
    public void say(Delivery word) {}

    @Override
    public void settled(List<Delivery> batch, Outcome outcome) {}

    @Override
    public void expired(List<Delivery> batch) {}

    @Override
    public void revived(int letters) {}

    @Override
    public @Nullable NoticeCounts counts() {
        return null;
    }
}
