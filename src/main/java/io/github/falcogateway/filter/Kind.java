package io.github.falcogateway.filter;

/** What the values of a field are, as far as it is known before there is an event. */
enum Kind {
    TEXT("a text"),
    NUMBER("a number"),
    BOOL("true or false"),
    ADDRESS("an address"),
    PRIORITY("a priority"),
    LIST("a list"),
    ANY("anything");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** For a sentence that begins with the field's name. */
    String words() {
        return words;
    }
}
