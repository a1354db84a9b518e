package io.github.falcogateway.event;

import java.nio.charset.StandardCharsets;

/**
 * An event on its way into the journal: its kept form but for the journal id. Immutable; the array is shared and never
 * written to.
 *
 * @param event the event with its sender known
 * @param form the kept form without the digits of the id
 * @param idAt where they belong
 */
public record Draft(FalcoEvent event, byte[] form, int idAt) {

    /** The bytes of the kept form, the id's digits not counted. */
    public int size() {
        return form.length;
    }

    /** The event as the journal keeps it under this id. */
    public JournaledEvent keep(long id) {
        byte[] digits = Long.toString(id).getBytes(StandardCharsets.US_ASCII);
        byte[] kept = new byte[form.length + digits.length];
        System.arraycopy(form, 0, kept, 0, idAt);
        System.arraycopy(digits, 0, kept, idAt, digits.length);
        System.arraycopy(form, idAt, kept, idAt + digits.length, form.length - idAt);
        return new JournaledEvent(id, event, kept);
    }
}
