package io.github.falcogateway.codec;

import io.github.falcogateway.event.RejectReason;
import io.github.falcogateway.event.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body: one event as a JSON object, a JSON array of events, or NDJSON; told apart by what it holds. Immutable,
 * thread-safe.
 */
public final class EventDecoder {

    private final int maxEvents;

    /**
     * A decoder.
     *
     * @param maxEvents the most events in one body
     */
    public EventDecoder(int maxEvents) {
        this.maxEvents = maxEvents;
    }

    /**
     * Reads every event of the body; never fails, what is no event is told as such.
     *
     * @param received when it came: the time of an event that names none and has passed no gateway before
     */
    public Decoded decode(byte[] body, Instant received) {
        DecodedEvent only = only(body, new Span(0, body.length), received);
        return only != null ? new Decoded(List.of(only), List.of()) : several(body, received);
    }

    /** The event of a part that is one JSON object, which is what Falco sends; null for any other. */
    private static @Nullable DecodedEvent only(byte[] body, Span part, Instant received) {
        // The kept form grows out of the last byte: a line's end behind the object has to be cut off.
        if (part.from() >= part.to() || body[part.from()] != '{' || body[part.to() - 1] != '}') {
            return null;
        }
        try {
            return EventParser.parse(body, part, received);
        } catch (DecodeException severalOrNone) {
            return null;
        }
    }

    private Decoded several(byte[] body, Instant received) {
        Decoded lines = body.length > 0 && body[0] == '{' ? lines(body, received) : null;
        return lines != null ? lines : sliced(body, received);
    }

    /** The events of a body that has a whole one on each line, which is what senders of many send; null for any other. */
    private @Nullable Decoded lines(byte[] body, Instant received) {
        List<DecodedEvent> events = new ArrayList<>();
        int from = 0;
        while (from < body.length) {
            int end = Utf8.lineEnd(body, from);
            DecodedEvent event = only(body, new Span(from, end), received);
            if (event == null || events.size() == maxEvents) {
                return null;
            }
            events.add(event);
            from = end + 1;
        }
        return new Decoded(events, List.of());
    }

    private Decoded sliced(byte[] body, Instant received) {
        List<Span> slices = Slices.of(body, maxEvents);
        if (slices.size() > maxEvents) {
            return refused(body, RejectReason.TOO_MANY, "more than " + maxEvents + " events in one request");
        }
        if (slices.isEmpty() && Slices.byteOrderMark(body) + blanks(body) >= body.length) {
            return refused(body, RejectReason.EMPTY, "the body is empty: send one event as a JSON object");
        }
        List<DecodedEvent> events = new ArrayList<>(slices.size());
        List<Rejection> rejections = new ArrayList<>(0);
        for (int index = 0; index < slices.size(); index++) {
            Span slice = slices.get(index);
            if (slice.from() == slice.to()) {
                String detail = "no event is here: a comma too many, or an array without its end";
                rejections.add(new Rejection(index, RejectReason.NOT_JSON, detail, new byte[0]));
                continue;
            }
            try {
                events.add(EventParser.parse(body, slice, received));
            } catch (DecodeException bad) {
                byte[] json = Arrays.copyOfRange(body, slice.from(), slice.to());
                rejections.add(new Rejection(index, bad.reason(), String.valueOf(bad.getMessage()), json));
            }
        }
        return new Decoded(events, rejections);
    }

    /** The texts of a body's events, unread. */
    public List<String> texts(byte[] body) {
        return Slices.of(body, maxEvents).stream()
                .map(slice -> new String(body, slice.from(), slice.to() - slice.from(), StandardCharsets.UTF_8))
                .toList();
    }

    private static Decoded refused(byte[] body, RejectReason reason, String detail) {
        return new Decoded(List.of(), List.of(new Rejection(0, reason, detail, body)));
    }

    private static int blanks(byte[] body) {
        int count = 0;
        for (byte b : body) {
            if (JsonTokens.isBlank(b)) {
                count++;
            }
        }
        return count;
    }
}
