package io.github.falcogateway.sink;

import io.github.falcogateway.event.JournaledEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event for one sink. Immutable.
 *
 * @param event the event with its place
 * @param route the name of the first route that sent it there; empty for the default sinks
 * @param summary the events it stands for, itself the newest of them; null where it stands for itself
 */
public record Delivery(
        JournaledEvent event, String route, @Nullable Summary summary) {

    /** An event that stands for itself. */
    public Delivery(JournaledEvent event, String route) {
        this(event, route, null);
    }

    /** An event that is not for the sink itself: it explains those of the route away. */
    public static Delivery mark(JournaledEvent event, String route) {
        return new Delivery(event, route, Summary.MARK);
    }

    /** The bytes of its event's kept form. */
    public int size() {
        return event.json().length;
    }

    /** The bytes of these, each on a line. */
    public static int lines(List<Delivery> batch) {
        int size = 0;
        for (Delivery delivery : batch) {
            size += delivery.size() + 1;
        }
        return size;
    }

    /** What kind of message it is; null where it stands for itself. */
    @Nullable
    Form form() {
        return summary == null ? null : summary.form();
    }

    boolean isMark() {
        return summary == Summary.MARK;
    }

    /** How many events are told with it that nothing else tells; what a silence held counts as silenced. */
    public long weight() {
        if (summary == null) {
            return 1;
        }
        return form() == Form.SILENCE ? 0 : summary.count();
    }
}
