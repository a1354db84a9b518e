package io.github.falcogateway.event;

import java.util.Locale;

/** Why something a sender sent is no event; the closed list of metrics, answers and the quarantine. */
public enum RejectReason {
    /** The body holds nothing. */
    EMPTY,
    /** The text is no JSON: a Falco with {@code json_output: false}, or something cut short. */
    NOT_JSON,
    /** JSON, but not an object. */
    NOT_AN_OBJECT,
    /** Bytes that are no UTF-8. */
    NOT_UTF8,
    /** Nested deeper than any event is. */
    TOO_DEEP,
    /** A number or a member's name longer than any event's is. */
    TOO_LONG,
    /** No {@code rule}, or an empty one. */
    MISSING_RULE,
    /** No {@code priority}. */
    MISSING_PRIORITY,
    /** A priority that Falco does not know. */
    BAD_PRIORITY,
    /** A {@code rule} or {@code priority} that is no string. */
    BAD_TYPE,
    /** Larger than the configured limit, also after decompression. */
    TOO_LARGE,
    /** More events in one request than the configured limit. */
    TOO_MANY,
    /** The compressed body cannot be decompressed. */
    BAD_COMPRESSION,
    /** A {@code Content-Encoding} other than gzip and deflate. */
    UNKNOWN_ENCODING,
    /** A {@code Transfer-Encoding} other than chunked. */
    UNKNOWN_TRANSFER,
    /** A gRPC message that is no {@code falco.outputs.response}. */
    NOT_PROTOBUF,
    /** The sender is not known. */
    UNAUTHORIZED,
    /** Sent where no events are taken. */
    WRONG_PATH,
    /** A page of another site had a browser send it. */
    FOREIGN_ORIGIN,
    /** The sender may not claim the host it claims. */
    FORBIDDEN_HOST,
    /** The sender is over its rate. */
    RATE_LIMITED,
    /** Nothing can take the event any more: neither the disk nor the bounded memory. */
    NO_ROOM,
    /** Our own fault. */
    INTERNAL;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The word in metrics and answers, such as {@code missing_rule}. */
    public String label() {
        return label;
    }
}
