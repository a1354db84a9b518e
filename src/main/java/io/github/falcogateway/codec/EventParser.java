package io.github.falcogateway.codec;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.OutputFields;
import io.github.falcogateway.event.Part;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.RejectReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one event. Only {@code rule} and {@code priority} must be right; any other member of an unexpected type is
 * kept and counts as absent, since refusing it would lose an alarm. Of a member that comes twice the last one counts.
 * Confined to one call.
 */
final class EventParser {

    /** So many fields, tags and items of a list can be asked for: as values each takes twenty times its bytes. */
    private static final int MOST = 1024;
    /** A rule has the same tags each time; longer lists are no rule's. */
    private static final int MAX_TAGS = 256;

    private static final Seen<List<String>> TAGS = new Seen<>(1 << 10);

    private final byte[] json;
    private final JsonCursor cursor;
    private final List<Span> hostnames = new ArrayList<>(1);
    private @Nullable String rule;
    private @Nullable String priority;
    private @Nullable String source;
    private @Nullable Instant time;
    private @Nullable String output;
    private @Nullable String message;
    private List<String> tags = List.of();
    private @Nullable String hostname;
    private @Nullable String uuid;
    private Map<String, FieldValue> fields = Map.of();
    private @Nullable Span gateway;

    private EventParser(byte[] json, Span part) {
        this.json = json;
        this.cursor = new JsonCursor(json, part);
    }

    static DecodedEvent parse(byte[] json, Instant received) throws DecodeException {
        return parse(json, new Span(0, json.length), received);
    }

    /** Reads the event in a part of the bytes, which the event then refers to. */
    static DecodedEvent parse(byte[] json, Span part, Instant received) throws DecodeException {
        boolean broken = Utf8.check(json, part);
        EventParser parser = new EventParser(json, part);
        parser.object();
        FalcoEvent event = parser.finish(received);
        List<Span> hostnames = List.copyOf(parser.hostnames);
        Span gateway = parser.gateway;
        if (!broken) {
            return new DecodedEvent(event, new Part(json, part.from(), part.to()), hostnames, gateway);
        }
        return new DecodedEvent(
                event,
                Part.all(Utf8.onOneLine(json, part)),
                hostnames.stream().map(span -> span.back(part.from())).toList(),
                gateway == null ? null : gateway.back(part.from()));
    }

    private void object() throws DecodeException {
        if (!comes('{')) {
            cursor.finish();
            throw new DecodeException(RejectReason.NOT_AN_OBJECT, "an event is a JSON object");
        }
        cursor.object();
        while (cursor.member()) {
            member(cursor.name());
        }
        cursor.finish();
    }

    private void member(String name) throws DecodeException {
        switch (name) {
            case "rule" -> rule = required(name);
            case "priority" -> priority = required(name);
            case "source" -> source = text();
            case "time" -> time = time(ownText());
            case "output" -> output = ownText();
            case "message" -> message = ownText();
            case "uuid" -> uuid = ownText();
            case "tags" -> tags = tags();
            case "output_fields" -> fields = fields();
            case "hostname" -> hostname();
            case "gateway" -> gateway = cursor.span();
            default -> cursor.skip();
        }
    }

    /** Whether a value of this kind comes next; any other is gone over. */
    private boolean comes(char kind) throws DecodeException {
        if (cursor.kind() == kind) {
            return true;
        }
        cursor.skip();
        return false;
    }

    private String required(String name) throws DecodeException {
        if (!comes('"')) {
            throw new DecodeException(RejectReason.BAD_TYPE, name + " must be a JSON string");
        }
        return cursor.text();
    }

    private @Nullable String text() throws DecodeException {
        return comes('"') ? cursor.text() : null;
    }

    private @Nullable String ownText() throws DecodeException {
        return comes('"') ? cursor.ownText() : null;
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Timestamps.parse(text);
    }

    private void hostname() throws DecodeException {
        Span span = cursor.span();
        hostnames.add(span);
        cursor.again(span);
        hostname = text();
    }

    private List<String> tags() throws DecodeException {
        if (!comes('[')) {
            return List.of();
        }
        Span span = cursor.span();
        if (span.to() - span.from() > MAX_TAGS) {
            return tags(span);
        }
        List<String> known = TAGS.get(json, span.from(), span.to());
        if (known != null) {
            return known;
        }
        List<String> read = tags(span);
        TAGS.put(json, span.from(), span.to(), read);
        return read;
    }

    private List<String> tags(Span span) throws DecodeException {
        List<String> strings = new ArrayList<>();
        cursor.again(span);
        cursor.array();
        while (cursor.element()) {
            String tag = text();
            if (tag != null && strings.size() < MOST) {
                strings.add(tag);
            }
        }
        return List.copyOf(strings);
    }

    private Map<String, FieldValue> fields() throws DecodeException {
        if (!comes('{')) {
            return Map.of();
        }
        OutputFields.Builder values = new OutputFields.Builder();
        cursor.object();
        while (cursor.member()) {
            String name = cursor.name();
            if (values.size() == MOST && !values.has(name)) {
                cursor.skip();
            } else {
                values.put(name, value());
            }
        }
        return values.build();
    }

    private @Nullable FieldValue value() throws DecodeException {
        return switch (cursor.kind()) {
            case '"' -> new FieldValue.Text(cursor.value());
            case 't', 'f' -> new FieldValue.Bool(cursor.bool());
            case 'n' -> {
                cursor.skip();
                yield null;
            }
            case '[' -> array();
            case '{' -> {
                Span span = cursor.span();
                yield new FieldValue.Nested(Utf8.text(json, span.from(), span.to()));
            }
            default -> new FieldValue.Num(cursor.number());
        };
    }

    private FieldValue array() throws DecodeException {
        List<FieldValue> items = new ArrayList<>();
        cursor.array();
        while (cursor.element()) {
            if (items.size() == MOST) {
                cursor.skip();
                continue;
            }
            FieldValue item = value();
            if (item != null) {
                items.add(item);
            }
        }
        return new FieldValue.Array(items);
    }

    /** When it came to the first gateway on its way, or else now. */
    private Instant arrival(Instant received) {
        Instant first = gateway == null ? null : Origin.arrival(json, gateway);
        return first == null ? received : first;
    }

    private FalcoEvent finish(Instant received) throws DecodeException {
        if (rule == null || rule.isEmpty()) {
            throw new DecodeException(RejectReason.MISSING_RULE, "an event needs a rule");
        }
        if (priority == null || priority.isEmpty()) {
            throw new DecodeException(RejectReason.MISSING_PRIORITY, "an event needs a priority");
        }
        Priority known = Priority.parse(priority)
                .orElseThrow(() -> new DecodeException(
                        RejectReason.BAD_PRIORITY,
                        "priority must be one of Emergency, Alert, Critical, Error, Warning, Notice,"
                                + " Informational, Debug"));
        return new FalcoEvent(
                rule,
                known,
                source == null || source.isEmpty() ? "syscall" : source,
                time == null ? arrival(received) : time,
                output == null ? "" : output,
                message == null ? "" : message,
                tags,
                hostname,
                uuid,
                fields,
                null);
    }
}
