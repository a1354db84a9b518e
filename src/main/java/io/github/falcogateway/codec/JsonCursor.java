package io.github.falcogateway.codec;

import io.github.falcogateway.event.RejectReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

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

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long QUOTES = LOW_BITS * '"';
    private static final long BACKSLASHES = LOW_BITS * '\\';
    private static final long BLANKS = LOW_BITS * ' ';

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
        while (at < end) {
            byte b = json[at];
            if (b > ' ' || b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            at++;
        }
        throw bad();
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
        while (at < end) {
            byte b = json[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                throw bad();
            }
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
            toSpecial();
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

    /** Goes to the next quote, backslash or control character, eight bytes looked at together. */
    private void toSpecial() {
        int here = at;
        for (; here + Long.BYTES <= end; here += Long.BYTES) {
            long eight = (long) LONGS.get(json, here);
            long special = zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES) | (eight - BLANKS & ~eight & HIGH_BITS);
            if (special != 0) {
                // The lowest mark is never a false one: a borrow goes upwards.
                at = here + (Long.numberOfTrailingZeros(special) >>> 3);
                return;
            }
        }
        while (here < end && json[here] != '"' && json[here] != '\\' && (json[here] & 0xFF) >= ' ') {
            here++;
        }
        at = here;
    }

    private static long zeros(long eight) {
        return eight - LOW_BITS & ~eight & HIGH_BITS;
    }

    private void digits() throws DecodeException {
        int from = at;
        if (json[at] == '-') {
            at++;
        }
        boolean zero = at < end && json[at] == '0';
        int whole = run();
        if (whole == 0 || zero && whole > 1) {
            throw bad();
        }
        if (at < end && json[at] == '.') {
            at++;
            some();
        }
        if (at < end && (json[at] | 0x20) == 'e') {
            at++;
            if (at < end && (json[at] == '+' || json[at] == '-')) {
                at++;
            }
            some();
        }
        if (at - from > MAX_NUMBER) {
            throw tooLong();
        }
    }

    private void some() throws DecodeException {
        if (run() == 0) {
            throw bad();
        }
    }

    private int run() {
        int from = at;
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at - from;
    }

    private void literal(String word) throws DecodeException {
        for (int i = 0; i < word.length(); i++) {
            if (at >= end || json[at] != word.charAt(i)) {
                throw bad();
            }
            at++;
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
