package io.github.falcogateway.sink.discord;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Form;
import io.github.falcogateway.sink.Summary;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells one event, or what is told together, in one embed: priority and rule as title, the host first, what happened, the
 * values that matter, and where to find it. Immutable. No embed is larger than the room it is given.
 */
final class EventEmbed {

    private static final int DESCRIPTION = 2000;
    private static final int HOST = 200;
    private static final int PLACE = 200;
    private static final int QUIET_COLOR = 0x607D8B;
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'").withZone(ZoneOffset.UTC);

    private final Links links;
    private final EventFields fields;
    private final @Nullable Template template;

    EventEmbed(Look look, Links links) {
        this.links = links;
        fields = new EventFields(look.fields());
        // Logic-less, and every value is escaped: what is Markdown is the template's own.
        template = look.template().isEmpty()
                ? null
                : Mustache.compiler().escapeHTML(false).defaultValue("").compile(look.template());
    }

    Embed of(Delivery delivery, int room) {
        JournaledEvent journaled = delivery.event();
        FalcoEvent event = journaled.event();
        Summary summary = delivery.summary();
        Fitting fit = new Fitting(room);
        String title = fit.text(InertText.line(title(event, summary), Math.min(Limits.TITLE, room / 4)));
        String footer = fit.text(InertText.plain(footer(journaled), Math.min(PLACE, room / 4)));
        String description =
                summary == null ? single(fit, event) : new SummaryText(fit, event, summary).fill(() -> text(event));
        if (summary == null || summary.form() == Form.GROUP || summary.form() == Form.HELD) {
            fields.add(fit, event);
        }
        return new Embed(
                title,
                summary == null ? links.event(journaled) : links.group(summary.filter(), journaled),
                description,
                color(event, summary),
                fit.fields(),
                timestamp(event.time()),
                footer);
    }

    private String single(Fitting fit, FalcoEvent event) {
        fit.field("Host", event.host(), HOST, true);
        // The template's own Markdown stays; its values are escaped already.
        return template != null
                ? fit.text(InertText.cut(text(event), Math.min(DESCRIPTION, fit.left() / 2)))
                : fit.lines(text(event), Math.min(DESCRIPTION, fit.left() / 2));
    }

    private String text(FalcoEvent event) {
        if (template != null) {
            return template.execute(values(event));
        }
        return event.message().isBlank() ? event.output() : event.message();
    }

    /** What a template can name: an event's own members and each output field by its name. */
    private static Map<String, String> values(FalcoEvent event) {
        Map<String, String> values = new HashMap<>();
        event.fields().forEach((name, value) -> values.put(name, value.text()));
        values.put("rule", event.rule());
        values.put("priority", event.priority().label());
        values.put("source", event.sourceName());
        values.put("host", event.host());
        values.put("time", event.time().toString());
        values.put("output", event.output());
        values.put("message", event.message());
        values.put("tags", String.join(", ", event.tags()));
        values.replaceAll((name, raw) -> InertText.lines(raw, DESCRIPTION));
        return values;
    }

    private static String title(FalcoEvent event, @Nullable Summary summary) {
        if (summary == null) {
            return upper(event.countsAs()) + " · " + event.rule();
        }
        return switch (summary.form()) {
            case NOTICE -> upper(summary.worst()) + " · " + event.rule();
            case DIGEST -> "DIGEST · " + SummaryText.size(summary);
            case SILENCE -> "SILENCE OVER · " + SummaryText.size(summary);
            case STORM -> upper(summary.worst()) + " · storm: " + SummaryText.size(summary);
            default -> upper(summary.worst()) + " · " + SummaryText.rules(event, summary) + " × " + summary.count();
        };
    }

    private static String upper(Priority priority) {
        return priority.label().toUpperCase(Locale.ROOT);
    }

    private static String footer(JournaledEvent journaled) {
        FalcoEvent event = journaled.event();
        Provenance provenance = event.provenance();
        String id = journaled.id() > 0 ? " · #" + journaled.id() : "";
        Instant time = timestamp(event.time());
        return (time == null ? event.time().toString() : TIME.format(time)) + id + " · " + event.sourceName()
                + (provenance == null ? "" : " · " + provenance.node());
    }

    /** A sender's clock may be anywhere; Discord refuses the whole message for a year beyond four digits. */
    private static @Nullable Instant timestamp(Instant time) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
    }

    private static int color(FalcoEvent event, @Nullable Summary summary) {
        if (summary != null && (summary.form() == Form.DIGEST || summary.form() == Form.SILENCE)) {
            return QUIET_COLOR;
        }
        return switch (summary == null ? event.countsAs() : summary.worst()) {
            case EMERGENCY, ALERT -> 0x992D22;
            case CRITICAL -> 0xE74C3C;
            case ERROR -> 0xE67E22;
            case WARNING -> 0xF1C40F;
            case NOTICE -> 0x3498DB;
            case INFORMATIONAL -> 0x2ECC71;
            case DEBUG -> 0x95A5A6;
        };
    }
}
