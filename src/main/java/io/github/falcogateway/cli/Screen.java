package io.github.falcogateway.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What the command runs on: whether somebody looks, and how wide it is. */
final class Screen {

    private static final int USUAL = 80;
    private static final int NARROWEST = 40;

    private Screen() {}

    /** Whether results go to a terminal. */
    static boolean shows() {
        return isTerminal(1);
    }

    /** Whether diagnostics go to a terminal. */
    static boolean tells() {
        return isTerminal(2);
    }

    /** Whether colours are wanted. */
    static boolean colours() {
        String term = System.getenv("TERM");
        return shows() && System.getenv("NO_COLOR") == null && !"dumb".equals(term);
    }

    /** The columns of the terminal. */
    static int width() {
        String columns = System.getenv("COLUMNS");
        if (columns != null && columns.matches("\\d{1,4}")) {
            return Math.max(NARROWEST, Integer.parseInt(columns));
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            stty.waitFor(1, TimeUnit.SECONDS);
            return size.matches("\\d+ [1-9]\\d*")
                    ? Math.max(NARROWEST, Integer.parseInt(size.substring(size.indexOf(' ') + 1)))
                    : USUAL;
        } catch (IOException | InterruptedException noTerminal) {
            return USUAL;
        }
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String file = Path.of("/proc/self/fd/" + descriptor).toRealPath().toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException elsewhere) {
            return System.console() != null;
        }
    }
}
