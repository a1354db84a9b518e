package io.github.falcogateway.config;

/**
 * Something wrong in a file. Immutable.
 *
 * @param line from 1
 * @param column from 1
 * @param warning whether it can be run all the same
 */
public record Problem(String file, int line, int column, String message, boolean warning) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + (warning ? "warning: " : "") + message;
    }
}
