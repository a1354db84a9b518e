package bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Prints the CPU time of the measured thread an operation after each iteration: other programs on the machine change it
 * less than the clock's.
 */
@State(Scope.Thread)
public class CpuTime {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long began;
    private long operations;

    @Setup(Level.Iteration)
    public void begin() {
        operations = 0;
        began = threads.getCurrentThreadCpuTime();
    }

    void count() {
        operations++;
    }

    @TearDown(Level.Iteration)
    public void tell() {
        double nanos = (double) (threads.getCurrentThreadCpuTime() - began) / Math.max(1, operations);
        System.out.printf("cpu %.0f ns/op, ", nanos);
    }
}
