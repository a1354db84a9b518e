package io.github.falcogateway.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.RejectReason;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one event. Only {@code rule} and {@code priority} must be right; any other member of an unexpected type is
 * kept and counts as absent, since refusing it would lose an alarm. Of a member that comes twice the last one counts.
 * Confined to one call.
 */
final class EventParser {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_DIGITS = 1000;
    private static final int MAX_NAME = 64 * 1024;

    /** Sizes are bounded by the body's limit; names are not interned, since a sender makes up as many as it likes. */
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(MAX_DIGITS)
                    .maxNameLength(MAX_NAME)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // The bytes are UTF-8, also where zeros among them look like another encoding.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    private final byte[] json;
    private final JsonParser parser;
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

    private EventParser(byte[] json, JsonParser parser) {
        this.json = json;
        this.parser = parser;
    }

    static DecodedEvent parse(byte[] json, Instant received) throws DecodeException {
        Utf8.check(json);
        try (JsonParser parser = JSON.createParser(json)) {
            EventParser event = new EventParser(json, parser);
            event.object();
            return event.finish(received);
        } catch (StreamConstraintsException tooMuch) {
            throw beyond(String.valueOf(tooMuch.getMessage()));
        } catch (JsonProcessingException bad) {
            int column = bad.getLocation() == null ? 0 : (int) bad.getLocation().getByteOffset();
            throw new DecodeException(
                    RejectReason.NOT_JSON,
                    "no JSON at byte " + column + ": an event is a JSON object (json_output: true in falco.yaml)");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static DecodeException beyond(String limit) {
        return limit.contains("nesting")
                ? new DecodeException(RejectReason.TOO_DEEP, "nested deeper than " + MAX_DEPTH + " levels")
                : new DecodeException(
                        RejectReason.TOO_LONG,
                        "a number of more than " + MAX_DIGITS + " characters, or a name of more than " + MAX_NAME);
    }

    private void object() throws IOException, DecodeException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            parser.skipChildren();
            requireEnd();
            throw new DecodeException(RejectReason.NOT_AN_OBJECT, "an event is a JSON object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            member(name, token);
        }
        requireEnd();
    }

    private void requireEnd() throws IOException {
        if (parser.nextToken() != null) {
            throw new com.fasterxml.jackson.core.JsonParseException(parser, "more than one value");
        }
    }

    private void member(String name, JsonToken token) throws IOException, DecodeException {
        switch (name) {
            case "rule" -> rule = required(name, token);
            case "priority" -> priority = required(name, token);
            case "source" -> source = text(token);
            case "time" -> time = time(text(token));
            case "output" -> output = text(token);
            case "message" -> message = text(token);
            case "uuid" -> uuid = text(token);
            case "tags" -> tags = strings(token);
            case "output_fields" -> fields = fields(token);
            case "hostname" -> hostname(token);
            case "gateway" -> gateway = span();
            default -> parser.skipChildren();
        }
    }

    private String required(String name, JsonToken token) throws IOException, DecodeException {
        if (token != JsonToken.VALUE_STRING) {
            throw new DecodeException(RejectReason.BAD_TYPE, name + " must be a JSON string");
        }
        return Texts.of(parser);
    }

    private @Nullable String text(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return Texts.of(parser);
        }
        parser.skipChildren();
        return null;
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Timestamps.parse(text);
    }

    private void hostname(JsonToken token) throws IOException {
        hostname = token == JsonToken.VALUE_STRING ? Texts.of(parser) : null;
        hostnames.add(span());
    }

    /** The place of the current value; the parser is at its end then. */
    private Span span() throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return new Span(from, (int) parser.currentLocation().getByteOffset());
    }

    private List<String> strings(JsonToken token) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return List.of();
        }
        List<String> strings = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                strings.add(Texts.of(parser));
            } else {
                parser.skipChildren();
            }
        }
        return List.copyOf(strings);
    }

    private Map<String, FieldValue> fields(JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return Map.of();
        }
        Map<String, FieldValue> values = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            FieldValue value = value(parser.nextToken());
            if (value == null) {
                values.remove(name);
            } else {
                values.put(name, value);
            }
        }
        return values;
    }

    private @Nullable FieldValue value(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> new FieldValue.Text(Texts.of(parser));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new FieldValue.Num(parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new FieldValue.Bool(token == JsonToken.VALUE_TRUE);
            case START_ARRAY -> array();
            case START_OBJECT -> {
                Span span = span();
                yield new FieldValue.Nested(Utf8.text(json, span.from(), span.to()));
            }
            default -> null;
        };
    }

    private FieldValue array() throws IOException {
        List<FieldValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            FieldValue item = value(token);
            if (item != null) {
                items.add(item);
            }
        }
        return new FieldValue.Array(items);
    }

    private DecodedEvent finish(Instant received) throws DecodeException {
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
        FalcoEvent event = new FalcoEvent(
                rule,
                known,
                source == null || source.isEmpty() ? "syscall" : source,
                time == null ? received : time,
                output == null ? "" : output,
                message == null ? "" : message,
                tags,
                hostname,
                uuid,
                fields,
                null);
        return new DecodedEvent(event, Utf8.onOneLine(json), List.copyOf(hostnames), gateway);
    }
}
