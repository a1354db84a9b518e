package io.github.falcogateway.event;

import java.nio.charset.StandardCharsets;

/**
 * An event on its way into the journal: its kept form but for the journal id, which goes between head and tail.
 * Immutable; the arrays are shared and never written to.
 *
 * @param event the event with its sender known
 * @param head the kept form up to where the id belongs
 * @param tail the kept form after the id
 */
public record Draft(FalcoEvent event, byte[] head, byte[] tail) {

    /** The bytes of the kept form, the id's digits not counted. */
    public int size() {
        return head.length + tail.length;
    }

    /** The event as the journal keeps it under this id. */
    public JournaledEvent keep(long id) {
        byte[] digits = Long.toString(id).getBytes(StandardCharsets.US_ASCII);
        byte[] kept = new byte[head.length + digits.length + tail.length];
        System.arraycopy(head, 0, kept, 0, head.length);
        System.arraycopy(digits, 0, kept, head.length, digits.length);
        System.arraycopy(tail, 0, kept, head.length + digits.length, tail.length);
        return new JournaledEvent(id, event, kept);
    }
}
