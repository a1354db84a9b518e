/** Progress, on the standard error. */
final class Say {

    private Say() {}

    static void doing(String what) {
        System.err.println("bench: " + what);
    }
}
