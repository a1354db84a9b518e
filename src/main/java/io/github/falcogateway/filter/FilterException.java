package io.github.falcogateway.filter;

/** A condition that cannot be meant: where, what, and what would be right. */
public final class FilterException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int at;
    private final String suggestion;

    FilterException(int at, String message) {
        this(at, message, "");
    }

    FilterException(int at, String message, String suggestion) {
        super(message, null, false, false);
        this.at = at;
        this.suggestion = suggestion;
    }

    /** The offset in the condition, in characters from 0. */
    public int at() {
        return at;
    }

    /** The name that was probably meant; empty where none is near. */
    public String suggestion() {
        return suggestion;
    }

    FilterException movedTo(int offset) {
        return new FilterException(offset, String.valueOf(getMessage()), suggestion);
    }
}
