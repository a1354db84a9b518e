package io.github.falcogateway.bus;

/** The event-bus addresses in use. */
public final class Addresses {

    /** What the journal has taken, in order: lists of journaled events. */
    public static final String JOURNAL_APPENDED = "journal.appended";

    private Addresses() {}

    /** The address of one sink. */
    public static String sink(String name) {
        return "sink." + name;
    }
}
