package io.github.falcogateway.cli;

/**
 * What a check of the doctor's found. Immutable.
 *
 * @param well whether all is well
 * @param what what was looked at and how it is
 * @param advice what to do; empty where nothing is
 */
record Finding(boolean well, String what, String advice) {

    static Finding well(String what) {
        return new Finding(true, what, "");
    }

    static Finding ill(String what, String advice) {
        return new Finding(false, what, advice);
    }

    @Override
    public String toString() {
        return (well ? "ok    " : "ill   ") + what + (advice.isEmpty() ? "" : "\n      " + advice);
    }
}
