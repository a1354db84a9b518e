package io.github.falcogateway.cli;

import java.util.Locale;

/** A bar on a terminal while an import runs, and what it did at its end. Confined to one thread. */
final class ImportProgress {

    private static final int BAR = 30;
    private static final long EVERY_NANOS = 200_000_000;

    private final ImportSender sender;
    private final boolean terminal = Screen.tells();
    private final long begun = System.nanoTime();
    private long shownAt;
    private boolean shown;
    private long skipped;
    private long alreadyThere;

    ImportProgress(ImportSender sender) {
        this.sender = sender;
    }

    /** A line that is no event. */
    void skip(String line) {
        skipped += line.isBlank() ? 0 : 1;
    }

    /** An event that an import before this one has brought. */
    void alreadyThere() {
        alreadyThere++;
    }

    /**
     * Draws the bar, a few times a second.
     *
     * @param size the bytes of the file; 0 where nobody knows
     */
    void show(String file, long bytes, long size) {
        long now = System.nanoTime();
        if (!terminal || now - shownAt < EVERY_NANOS) {
            return;
        }
        shownAt = now;
        shown = true;
        double seconds = Math.max(0.001, (now - begun) / 1e9);
        long perSecond = Math.round(sender.sent() / seconds);
        String text = size <= 0
                ? String.format(Locale.ROOT, "%s  %,d events  %,d/s", file, sender.sent(), perSecond)
                : String.format(
                        Locale.ROOT,
                        "%s [%s] %3d%%  %,d events  %,d/s",
                        file,
                        bar((double) bytes / size),
                        Math.min(100, bytes * 100 / size),
                        sender.sent(),
                        perSecond);
        int width = Screen.width() - 1;
        System.err.print("\r\u001b[K" + (text.length() > width ? text.substring(0, width) : text));
        System.err.flush();
    }

    private static String bar(double share) {
        int full = (int) Math.min(BAR, Math.round(share * BAR));
        return "#".repeat(full) + "-".repeat(BAR - full);
    }

    /** Takes the bar away. */
    void clear() {
        if (shown) {
            System.err.print("\r\u001b[K");
            System.err.flush();
        }
    }

    String summary() {
        return sender.sent() + " events sent, " + skipped + " lines skipped that are no events, " + sender.rejected()
                + " rejected" + (alreadyThere > 0 ? ", " + alreadyThere + " already there" : "");
    }
}
