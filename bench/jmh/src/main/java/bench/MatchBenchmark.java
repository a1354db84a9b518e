package bench;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.rule.Decision;
import io.github.falcogateway.rule.RuleTable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one event costs: the routes it takes out of ten typical ones, and out of a thousand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MatchBenchmark {

    private FalcoEvent[] events;
    private RuleTable ten;
    private RuleTable thousand;
    private int next;

    @Setup
    public void prepare() throws IOException {
        events = Samples.events();
        ten = Samples.typical();
        thousand = Samples.large(1_000, events);
    }

    @Benchmark
    public Decision tenTypicalRoutes(CpuTime cpu) {
        cpu.count();
        return ten.match(event());
    }

    @Benchmark
    public Decision thousandRoutes(CpuTime cpu) {
        cpu.count();
        return thousand.match(event());
    }

    private FalcoEvent event() {
        next = next + 1 == events.length ? 0 : next + 1;
        return events[next];
    }
}
