package io.github.falcogateway.filter;

import io.github.falcogateway.event.FalcoEvent;
import java.util.List;
import java.util.Set;

/**
 * What a condition demands of an event's outline: rule, priority, source, host, tags, labels, how it came. It is true
 * for every outline whose event may match, since a check on anything else counts as what helps the match. Immutable.
 */
public final class Rough {

    private static final Set<String> OUTLINE =
            Set.of("rule", "priority", "severity", "source", "host", "tags", "via", "host_from");
    private static final Test MAY_BE = new Test.AllOf(List.of(), "");
    private static final Test CANNOT_BE = new Test.AnyOf(List.of(), "");

    private final Test test;
    private final Test timed;
    private final Slots slots;
    private final boolean exact;
    private final boolean byTime;

    private Rough(Node node, Compiler compiler, Slots slots) {
        Relaxing relaxing = new Relaxing(compiler, true);
        this.slots = slots;
        this.timed = relaxing.relax(node, true);
        this.exact = !relaxing.relaxed;
        this.byTime = relaxing.time;
        this.test = byTime ? new Relaxing(compiler, false).relax(node, true) : timed;
    }

    static Rough of(Node node, Compiler compiler, Slots slots) {
        return new Rough(node, compiler, slots);
    }

    /** Whether an outline shows the field. */
    public static boolean shows(String field) {
        String name = Fields.ownName(field);
        return OUTLINE.contains(name) || name.isEmpty() && field.startsWith("label.");
    }

    /** Whether an event of this outline may match, whatever its time. */
    public boolean test(FalcoEvent outline) {
        return test.matches(slots.subject(outline));
    }

    /** Whether an event of this outline and time may match. */
    public boolean testTimed(FalcoEvent outline) {
        return timed.matches(slots.subject(outline));
    }

    /** Whether the outline, and the time where that counts, decide alone. */
    public boolean exact() {
        return exact;
    }

    /** Whether the event's time counts. */
    public boolean byTime() {
        return byTime;
    }

    /** Confined to one condition. */
    private static final class Relaxing {

        private final Compiler compiler;
        private final boolean timeKnown;
        private boolean relaxed;
        private boolean time;

        Relaxing(Compiler compiler, boolean timeKnown) {
            this.compiler = compiler;
            this.timeKnown = timeKnown;
        }

        /**
         * The condition without what an outline does not show.
         *
         * @param positive whether more matches of this part are more matches of the whole
         */
        Test relax(Node node, boolean positive) {
            if (node instanceof Node.And and) {
                return new Test.AllOf(parts(and.parts(), positive), and.text());
            }
            if (node instanceof Node.Or or) {
                return new Test.AnyOf(parts(or.parts(), positive), or.text());
            }
            if (node instanceof Node.Not not) {
                return new Test.Negation(relax(not.part(), !positive), not.text());
            }
            if (node instanceof Node.Check check
                    && shown(check.left())
                    && (check.right() == null || shown(check.right()))) {
                return compiler.comparison(check);
            }
            relaxed = true;
            return positive ? MAY_BE : CANNOT_BE;
        }

        private List<Test> parts(List<Node> parts, boolean positive) {
            return parts.stream().map(part -> relax(part, positive)).toList();
        }

        private boolean shown(Operand operand) {
            if (operand instanceof Operand.Field field) {
                String name = Fields.ownName(field.name());
                time |= name.equals("time");
                return name.equals("time") ? timeKnown : shows(field.name());
            }
            if (operand instanceof Operand.Transform transform) {
                return transform.arguments().stream().allMatch(this::shown);
            }
            if (operand instanceof Operand.Items items) {
                return items.items().stream().allMatch(this::shown);
            }
            return true;
        }
    }
}
