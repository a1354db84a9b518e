package io.github.falcogateway.sink;

import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.rule.Silence;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sink for people adds to one for data: between the backlog and the delivery the flood is made readable.
 * Confined to one event loop.
 */
final class Notices implements Audience {

    /** So many messages may wait to be told one by one; what comes on top is told together. */
    private static final int READABLE = 40;
    /** The same for what is urgent: three full messages. */
    private static final int URGENT = 30;
    /** And so many bytes of them: who waits to be told of megabytes one by one? */
    private static final long BYTES = 2 << 20;
    /** So many messages of a storm may wait, and so many of what comes beside it; what is beyond goes on counting. */
    private static final int STORMS = 30;

    private static final int FOLDS = 10;
    /** So many digests and ended silences; a digest that is beyond goes on counting, a silence is told with others. */
    private static final int REPORTS = 10;

    private final SinkContext on;
    private final Flood flood;
    private final Outbox outbox = new Outbox();
    private final Recall recall;
    private @Nullable RuleTable table;

    Notices(FloodOptions options, SinkContext on) {
        this.on = on;
        this.flood = new Flood(options, on.routeMeters());
        this.recall = new Recall(on.journal());
    }

    @Override
    public boolean isPeople() {
        return true;
    }

    @Override
    public Waiting waiting(Backlog backlog) {
        return outbox;
    }

    @Override
    public boolean isFull() {
        return flood.groups().isFull();
    }

    @Override
    public Future<List<Delivery>> whole(List<Delivery> batch) {
        return recall.whole(batch);
    }

    @Override
    public boolean isUrgent() {
        return outbox.isUrgent();
    }

    @Override
    public boolean sift(Backlog backlog, Instant now) {
        RuleTable routes = on.table().now();
        if (routes != table) {
            table = routes;
            flood.take(routes);
        }
        boolean urgent = false;
        List<Silence> silences = on.silences().get();
        while (!backlog.isEmpty() && !flood.groups().isFull()) {
            urgent |= sift(backlog.first(), silences, now);
            backlog.drop();
        }
        Room room = new Room(
                READABLE - outbox.otherSize(),
                STORMS - outbox.storms(true),
                FOLDS - outbox.storms(false),
                REPORTS - outbox.reports());
        for (Delivery message : flood.groups().isFull() ? List.<Delivery>of() : flood.due(silences, room, now)) {
            boolean first = message.form() != Form.SILENCE && isUrgent(message);
            outbox.add(message, first);
            urgent |= first;
        }
        return urgent;
    }

    private boolean sift(Delivery delivery, List<Silence> silences, Instant now) {
        Route route = on.table().now().route(delivery.route());
        if (delivery.isMark()) {
            flood.mark(delivery.event().event(), route);
            return false;
        }
        boolean first = flood.urgent(delivery.event().event());
        boolean few = first ? outbox.urgentSize() < URGENT : outbox.otherSize() < READABLE;
        boolean room = few && outbox.bytes() < BYTES;
        boolean explains =
                route != null && on.table().now().inhibits(delivery.event().event(), route);
        Delivery told = flood.offer(delivery, new Situation(route, explains, silences, room, now));
        if (told != null) {
            outbox.add(told, first);
        }
        return told != null && first;
    }

    private boolean isUrgent(Delivery message) {
        Summary summary = message.summary();
        return summary != null && flood.isUrgent(summary.worst());
    }

    @Override
    public void say(Delivery word) {
        outbox.say(word);
    }

    @Override
    public void settled(List<Delivery> batch, Outcome outcome) {
        for (int i = 0; i < outcome.done(); i++) {
            flood.ledger().settled(batch.get(i), outcome.refused().containsKey(i));
        }
    }

    @Override
    public void expired(List<Delivery> batch) {
        batch.forEach(message -> flood.ledger().settled(message, true));
    }

    @Override
    public void revived(int letters) {
        flood.ledger().revived(letters);
    }

    @Override
    public NoticeCounts counts() {
        return flood.ledger().counts(flood.groups().waiting() + outbox.weight());
    }

    /** Whether there is something new to keep with the sink's place. */
    boolean isChanged() {
        return flood.isChanged() || outbox.isChanged();
    }

    /** What is to be kept with the sink's place; an empty one takes a note away. */
    Map<String, Buffer> changes() {
        Map<String, Buffer> notes = new LinkedHashMap<>();
        flood.changes(notes);
        outbox.changes(notes);
        return notes;
    }

    /** Takes up what the store has of this sink. */
    void restore(Map<String, Buffer> notes) {
        flood.restore(notes, on.events());
        outbox.restore(notes, on.events());
        flood.ledger().bySilence().forEach(on.routeMeters()::silencedBefore);
    }
}
