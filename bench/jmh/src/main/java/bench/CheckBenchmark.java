package bench;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.filter.Conditions;
import io.github.falcogateway.filter.Definitions;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.filter.Subject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one check costs once the event's fields are looked up: nothing new is made on the common path. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CheckBenchmark {

    @Param({
        "rule = \"Write below binary dir\"",
        "priority >= Warning",
        "severity < 3",
        "user.name != root",
        "proc.name in (bash, sh, zsh)",
        "host startswith web-",
        "output icontains NEEDLE",
        "fd.name glob /usr/*/x",
        "proc.cmdline regex .*needle.*",
        "evt.time > 1651447772918828893",
        "label.env = prod and not user.name = nobody"
    })
    public String condition;

    private Filter filter;
    private Subject[] subjects;
    private int next;

    @Setup
    public void prepare() throws IOException {
        Conditions conditions = new Conditions(Definitions.none());
        filter = conditions.compile(condition);
        FalcoEvent[] events = Samples.events();
        subjects = new Subject[events.length];
        for (int i = 0; i < events.length; i++) {
            subjects[i] = conditions.slots().subject(events[i]);
            filter.test(subjects[i]);
        }
    }

    @Benchmark
    public boolean check(CpuTime cpu) {
        cpu.count();
        next = next + 1 == subjects.length ? 0 : next + 1;
        return filter.test(subjects[next]);
    }
}
