import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Sees when the machine gave the rig no time at all, as when somebody stops its processes: what was measured then says nothing. */
final class Pulse {

    private static final long TICK_NANOS = 20_000_000;
    private static volatile long longest;

    private Pulse() {}

    static void start() {
        Thread thread = new Thread(Pulse::beat, "pulse");
        thread.setDaemon(true);
        thread.start();
    }

    /** Measures, anew where there was a pause longer than that; what the last of five tries gave in the end. */
    static <T> T steady(double seconds, Callable<T> measured) throws Exception {
        T result = null;
        for (int tries = 0; tries < 5; tries++) {
            longest = 0;
            result = measured.call();
            if (longest < seconds * 1e9) {
                return result;
            }
            Say.doing(String.format("disturbed, stood still for %.1f s: again", longest / 1e9));
        }
        return result;
    }

    private static void beat() {
        for (long last = System.nanoTime(); ; ) {
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            longest = Math.max(longest, now - last);
            last = now;
        }
    }
}
