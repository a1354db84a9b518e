package io.github.falcogateway.event;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An event on its way into the journal: its kept form but for the journal id, in parts that are put together when the
 * id is known. Immutable.
 *
 * @param event the event with its sender known
 * @param parts the kept form without the digits of the id
 * @param idBefore the part before which they belong
 * @param size the bytes of all parts
 */
public record Draft(FalcoEvent event, List<Part> parts, int idBefore, int size) {

    /** The event as the journal keeps it under this id. */
    public JournaledEvent keep(long id) {
        byte[] digits = Long.toString(id).getBytes(StandardCharsets.US_ASCII);
        byte[] kept = new byte[size + digits.length];
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (i == idBefore) {
                at = Part.all(digits).into(kept, at);
            }
            at = parts.get(i).into(kept, at);
        }
        return new JournaledEvent(id, event, kept);
    }
}
