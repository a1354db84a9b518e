package io.github.falcogateway.codec;

import io.github.falcogateway.event.RejectReason;

/**
 * Goes over the bytes of one JSON text, strictly by its grammar; a text stays bytes until it is asked for. Opens an
 * object or array, then stands at one value after the other, each of which has to be taken in one way. The bytes are
 * UTF-8, checked before. Confined to one call.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonCursor {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_NUMBER = 1000;
    private static final int MAX_NAME = 64 * 1024;
    /** Commands, paths and times are longer, and looking for the same one costs more than another String. */
    private static final int MAX_COMMON = 16;

    private final byte[] json;
    private final int start;
    private final int end;
    private int at;
    private int depth;
    /** Whether the object or array that is open has had nothing yet. */
    private boolean fresh;

    private int textFrom;
    private int textTo;
    private boolean escaped;

    JsonCursor(byte[] json) {
        this(json, new Span(0, json.length));
    }

    /** Over a part of the bytes. */
    JsonCursor(byte[] json, Span part) {
        this.json = json;
        this.start = part.from();
        this.end = part.to();
        this.at = start;
    }

    /** The first byte of the value that comes next. */
    byte kind() throws DecodeException {
        toToken();
        if (at == end) {
            throw bad();
        }
        return json[at];
    }

    /** Goes into the object that comes next. */
    void object() throws DecodeException {
        open((byte) '{');
    }

    /** Goes into the array that comes next. */
    void array() throws DecodeException {
        open((byte) '[');
    }

    /** Goes to the value of the object's next member; false at its end, which is behind the cursor then. */
    boolean member() throws DecodeException {
        if (!more((byte) '}')) {
            return false;
        }
        string();
        if (textTo - textFrom > MAX_NAME) {
            throw tooLong();
        }
        take((byte) ':');
        return true;
    }

    /** The name of the member whose value comes next; ask before anything else. */
    String name() {
        return common();
    }

    /** Goes to the array's next element; false at its end, which is behind the cursor then. */
    boolean element() throws DecodeException {
        return more((byte) ']');
    }

    /** Takes a string; equal short ones as one String, as a rule. */
    String text() throws DecodeException {
        string();
        return common();
    }

    /** Takes a string of which hardly another is the same. */
    String ownText() throws DecodeException {
        string();
        return own();
    }

    /** Takes a string of which only short ones come again. */
    String value() throws DecodeException {
        string();
        return textTo - textFrom > MAX_COMMON ? own() : common();
    }

    /** Takes a number, every digit of it. */
    String number() throws DecodeException {
        kind();
        int from = at;
        digits();
        return at - from > MAX_COMMON ? Utf8.text(json, from, at) : Texts.of(json, from, at);
    }

    /** Takes a boolean. */
    boolean bool() throws DecodeException {
        boolean value = kind() == 't';
        literal(value ? "true" : "false");
        return value;
    }

    /** Takes whatever comes next and says where it stands. */
    Span span() throws DecodeException {
        kind();
        int from = at;
        skip();
        return new Span(from, at);
    }

    /** Takes whatever comes next. */
    void skip() throws DecodeException {
        switch (kind()) {
            case '"' -> string();
            case '{' -> {
                object();
                while (member()) {
                    skip();
                }
            }
            case '[' -> {
                array();
                while (element()) {
                    skip();
                }
            }
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> digits();
        }
    }

    /** Goes back to the beginning of a value that was taken last. */
    void again(Span value) {
        at = value.from();
    }

    /** Requires that nothing follows. */
    void finish() throws DecodeException {
        toToken();
        if (at < end) {
            throw bad();
        }
    }

    private void toToken() {
        while (at < end && JsonTokens.isBlank(json[at])) {
            at++;
        }
    }

    private String common() {
        return escaped ? Escapes.decode(json, textFrom, textTo) : Texts.of(json, textFrom, textTo);
    }

    private String own() {
        return escaped ? Escapes.decode(json, textFrom, textTo) : Utf8.text(json, textFrom, textTo);
    }

    private void open(byte bracket) throws DecodeException {
        take(bracket);
        if (++depth > MAX_DEPTH) {
            throw new DecodeException(RejectReason.TOO_DEEP, "nested deeper than " + MAX_DEPTH + " levels");
        }
        fresh = true;
    }

    private boolean more(byte closing) throws DecodeException {
        byte next = kind();
        if (next == closing) {
            at++;
            depth--;
            fresh = false;
            return false;
        }
        if (!fresh) {
            take((byte) ',');
            kind();
        }
        fresh = false;
        return true;
    }

    private void take(byte wanted) throws DecodeException {
        if (kind() != wanted) {
            throw bad();
        }
        at++;
    }

    /** Goes over a string; where it stands, quotes left out, is in the fields then. */
    private void string() throws DecodeException {
        take((byte) '"');
        textFrom = at;
        escaped = false;
        while (true) {
            at = JsonTokens.special(json, at, end);
            if (at >= end) {
                throw bad();
            }
            byte b = json[at];
            if (b == '"') {
                textTo = at++;
                return;
            }
            if (b != '\\') {
                throw bad();
            }
            escaped = true;
            int length = Escapes.length(json, at, end);
            if (length == 0) {
                throw bad();
            }
            at += length;
        }
    }

    private void digits() throws DecodeException {
        int from = at;
        to(JsonTokens.number(json, at, end));
        if (at - from > MAX_NUMBER) {
            throw tooLong();
        }
    }

    private void literal(String word) throws DecodeException {
        to(JsonTokens.literal(json, at, end, word));
    }

    private void to(int place) throws DecodeException {
        at = place < 0 ? ~place : place;
        if (place < 0) {
            throw bad();
        }
    }

    private DecodeException bad() {
        return new DecodeException(
                RejectReason.NOT_JSON,
                "no JSON at byte " + (at - start) + ": an event is a JSON object (json_output: true in falco.yaml)");
    }

    private static DecodeException tooLong() {
        return new DecodeException(
                RejectReason.TOO_LONG,
                "a number of more than " + MAX_NUMBER + " characters, or a name of more than " + MAX_NAME);
    }
}
