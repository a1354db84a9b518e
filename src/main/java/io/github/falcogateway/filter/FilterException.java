package io.github.falcogateway.filter;

import java.util.List;
import java.util.stream.Stream;

/** A condition that cannot be meant: where, what, and what would be right. */
public final class FilterException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int at;
    private final String suggestion;
    private transient List<FilterException> others = List.of();

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

    /** This and what else is wrong with the same condition, in the order in which it was found. */
    public List<FilterException> all() {
        return Stream.concat(Stream.of(this), others.stream()).toList();
    }

    /** The first of several, at least one, that knows the others. */
    static FilterException of(List<FilterException> several) {
        FilterException first = several.get(0);
        first.others = List.copyOf(several.subList(1, several.size()));
        return first;
    }

    FilterException movedTo(int offset) {
        return new FilterException(offset, String.valueOf(getMessage()), suggestion);
    }
}
