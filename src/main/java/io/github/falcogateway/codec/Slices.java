package io.github.falcogateway.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a body into the texts of its events without reading them, so that a bad one spoils no other. Knows just enough
 * of JSON: strings, escapes, brackets. Confined to one call.
 */
final class Slices {

    private final byte[] body;
    private final int limit;
    private final List<Span> found = new ArrayList<>();
    /** Whether the last element ends in its middle. */
    private boolean cut;

    private Slices(byte[] body, int limit) {
        this.body = body;
        this.limit = limit;
    }

    /**
     * The texts of an array's elements, or of the objects and lines of a sequence.
     *
     * @param limit stop when there are more than this many
     */
    static List<Span> of(byte[] body, int limit) {
        Slices slices = new Slices(body, limit);
        int start = slices.skipBlank(byteOrderMark(body));
        if (start < body.length && body[start] == '[') {
            slices.array(start + 1);
        } else {
            slices.sequence(start);
        }
        return slices.found;
    }

    static int byteOrderMark(byte[] body) {
        return body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF ? 3 : 0;
    }

    private void array(int start) {
        int at = skipBlank(start);
        if (at < body.length && body[at] == ']') {
            trailing(at + 1);
            return;
        }
        while (at < body.length && found.size() <= limit) {
            int end = elementEnd(at);
            add(at, end);
            if (end < body.length && body[end] == ']') {
                trailing(end + 1);
                return;
            }
            if (cut) {
                return;
            }
            at = skipBlank(end + 1);
        }
        if (at >= body.length) {
            // The array has no end: what was to come is missing, and that has to be told.
            add(body.length, body.length);
        }
    }

    /** What follows a closed array is no part of it, and not nothing. */
    private void trailing(int at) {
        int start = skipBlank(at);
        if (start < body.length) {
            sequence(start);
        }
    }

    private void sequence(int start) {
        int at = start;
        while (at < body.length && found.size() <= limit) {
            int end = body[at] == '{' ? objectEnd(at) : nextObjectLine(at);
            add(at, end);
            at = skipBlank(end);
        }
    }

    private int elementEnd(int start) {
        int depth = 0;
        boolean quoted = false;
        for (int at = start; at < body.length; at++) {
            byte b = body[at];
            if (quoted) {
                if (b == '\\') {
                    at++;
                } else if (b == '"') {
                    quoted = false;
                }
            } else if (b == '"') {
                quoted = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (depth == 0 && (b == ',' || b == ']')) {
                return at;
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
        cut = depth > 0 || quoted;
        return body.length;
    }

    private int objectEnd(int start) {
        int depth = 0;
        boolean quoted = false;
        for (int at = start; at < body.length; at++) {
            byte b = body[at];
            if (quoted) {
                if (b == '\n') {
                    // No JSON string holds a raw line feed: this object was cut short, the next line is another one.
                    return at;
                }
                if (b == '\\') {
                    at++;
                } else if (b == '"') {
                    quoted = false;
                }
            } else if (b == '"') {
                quoted = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth == 0) {
                return at + 1;
            }
        }
        return nextObjectLine(start);
    }

    private int nextObjectLine(int start) {
        for (int at = start; at + 1 < body.length; at++) {
            if (body[at] == '\n' && body[at + 1] == '{') {
                return at;
            }
        }
        return body.length;
    }

    private int skipBlank(int start) {
        int at = start;
        while (at < body.length && JsonTokens.isBlank(body[at])) {
            at++;
        }
        return at;
    }

    private void add(int from, int to) {
        int end = Math.min(to, body.length);
        while (end > from && JsonTokens.isBlank(body[end - 1])) {
            end--;
        }
        found.add(new Span(from, end));
    }
}
