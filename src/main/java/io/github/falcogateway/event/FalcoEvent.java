package io.github.falcogateway.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Falco event. Immutable. Its bytes are not here: {@link JournaledEvent} has the kept form.
 *
 * @param rule the rule's name, never empty
 * @param source the event source, {@code syscall} where the sender named none
 * @param time when it happened, by the sender's clock
 * @param output the formatted line, empty where absent
 * @param message the line without time and priority (Falco 0.40 on), empty where absent
 * @param hostname the host the sender named
 * @param uuid Falcosidekick's identifier
 * @param fields the output fields that have a value, in the sender's order
 * @param provenance how it came, null before the host is named
 */
public record FalcoEvent(
        String rule,
        Priority priority,
        String source,
        Instant time,
        String output,
        String message,
        List<String> tags,
        @Nullable String hostname,
        @Nullable String uuid,
        Map<String, FieldValue> fields,
        @Nullable Provenance provenance) {

    /** The same event with its sender known. */
    public FalcoEvent from(Provenance sender) {
        return new FalcoEvent(rule, priority, source, time, output, message, tags, sender.host(), uuid, fields, sender);
    }

    /** What many events have in common: this without time, texts, output fields and the sender's address. */
    public FalcoEvent outline() {
        Provenance sender = provenance;
        Provenance known = sender == null
                ? new Provenance(Via.HTTP, host(), "", null, "", Map.of(), "", Instant.EPOCH)
                : new Provenance(sender.via(), host(), sender.hostFrom(), null, "", sender.labels(), "", Instant.EPOCH);
        return new FalcoEvent(rule, priority, source, Instant.EPOCH, "", "", tags, known.host(), null, Map.of(), known);
    }

    /** The host the event leaves with; empty before it is named. */
    public String host() {
        return provenance != null ? provenance.host() : hostname == null ? "" : hostname;
    }

    /** The line that tells what happened: the output, else the message; empty where the sender sent neither. */
    public String line() {
        return output.isEmpty() ? message : output;
    }

    /** When it came in; when it happened, where it has not come in yet. */
    public Instant arrival() {
        return provenance != null ? provenance.receivedAt() : time;
    }

    /**
     * How bad it counts where the least bad are left out: Falco marks the news that it loses system calls Debug, and no
     * floor may hide that the sensor is blind.
     *
     * @see <a href="https://falco.org/docs/concepts/event-sources/kernel/dropping/">Falco: dropped system calls</a>
     */
    public Priority countsAs() {
        boolean blind = rule.startsWith("Falco internal:") && !priority.atLeast(Priority.WARNING);
        return blind ? Priority.WARNING : priority;
    }

    /** The same event with the priority that it counts as. */
    public FalcoEvent counted() {
        Priority counts = countsAs();
        return counts == priority
                ? this
                : new FalcoEvent(rule, counts, source, time, output, message, tags, hostname, uuid, fields, provenance);
    }

    /** The source as routes and metrics know it: Falcosidekick's {@code syscalls} is {@code syscall}. */
    public String sourceName() {
        return source.equals("syscalls") ? "syscall" : source;
    }

    /** The value of an output field by its full name; null where absent or JSON null. */
    public @Nullable FieldValue field(String name) {
        return fields.get(name);
    }
}
