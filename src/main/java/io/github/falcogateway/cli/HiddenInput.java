package io.github.falcogateway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A terminal that does not show what is typed, until it is closed. Confined to the main thread. */
final class HiddenInput implements AutoCloseable {

    /** Also where somebody ends the program: their shell would stay blind. */
    private final Thread shownAtExit = new Thread(() -> echo(true));

    private HiddenInput() {}

    static HiddenInput begin() {
        HiddenInput hidden = new HiddenInput();
        Runtime.getRuntime().addShutdownHook(hidden.shownAtExit);
        if (!echo(false)) {
            System.err.println("what is typed can be seen: there is no stty");
        }
        return hidden;
    }

    /** The line that is typed; null where the input ends. */
    @Nullable
    String ask(String prompt, BufferedReader in) throws IOException {
        System.err.print(prompt);
        System.err.flush();
        String line = in.readLine();
        System.err.println();
        return line;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(shownAtExit);
        echo(true);
    }

    private static boolean echo(boolean on) {
        try {
            return new ProcessBuilder("stty", on ? "echo" : "-echo")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noStty) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
