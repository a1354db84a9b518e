package io.github.falcogateway.sink;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is told together for want of room and not by the wish of a route: a storm of urgent events, and what comes in a
 * flood beside it. While enough of their messages wait they go on counting, so that a receiver that is down for a day
 * costs no more than one that is down for minutes. Confined to one event loop.
 */
final class Storms {

    private static final String STORM = "storm";
    private static final String FOLD = "fold";
    /** No silence's own group: their names are numbers. */
    private static final String SILENCES = "silence others";

    /** So many messages name the rules and hosts of a storm; the last one counts further names together. */
    private static final int STORMS = 100;
    /** And so many what comes beside it. */
    private static final int FOLDS = 10;

    private final Groups groups;
    private final String urgent;
    private final Timing storm;
    private final Timing fold;

    Storms(Groups groups, FloodOptions options) {
        this.groups = groups;
        this.urgent = "priority >= " + options.always().label();
        Duration interval = options.stormInterval();
        // Told well before the interval is over: the way to the receiver takes its time as well.
        Duration wait = interval.multipliedBy(6).dividedBy(10);
        this.storm = Timing.every(wait, wait);
        this.fold = Timing.every(interval.multipliedBy(3), interval.multipliedBy(6));
    }

    /** Takes an urgent event. */
    void add(Delivery delivery, Instant now) {
        groups.add(groups.roomy(STORM, STORMS), delivery, STORM, false, () -> {
            GroupAbout about = new GroupAbout(Form.STORM, delivery.route(), urgent, List.of(), List.of(), true);
            return groups.fresh(about, storm, now);
        });
    }

    /** Takes another event, or a message of a group or a silence, that people have no room for. */
    void fold(Delivery message, Instant now) {
        if (message.form() == Form.SILENCE) {
            together(message, now);
            return;
        }
        groups.fold(
                groups.roomy(FOLD, FOLDS),
                message,
                STORM,
                () -> groups.fresh(GroupAbout.of(Form.STORM, message.route()), fold, now));
    }

    private void together(Delivery message, Instant now) {
        groups.fold(SILENCES, message, Form.SILENCE.label(), () -> {
            GroupAbout about = new GroupAbout(Form.SILENCE, message.route(), "", List.of(), List.of(), true);
            Group group = groups.fresh(about, fold, now);
            group.note("Several silences are over; they held these back");
            return group;
        });
    }

    /** Whether a group that is due goes on counting, since people have no room for its message. */
    boolean waits(String key, Group group, Room room, Instant now) {
        Form form = group.about().form();
        if (form != Form.STORM && form != Form.DIGEST || group.count() == 0) {
            return false;
        }
        if (form == Form.DIGEST ? room.takesReport() : key.startsWith(FOLD) ? room.takesFold() : room.takesStorm()) {
            return false;
        }
        // A digest is looked at again soon: the next one is a day away.
        groups.delay(
                group,
                now.plus(form == Form.DIGEST ? fold.interval() : group.timing().interval()));
        return true;
    }
}
