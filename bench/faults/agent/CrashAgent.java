import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicLong;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/** Ends the process, as kill -9 would, at a named method: {@code CLASS,METHOD,entry|exit,CALL}. Thread-safe. */
public final class CrashAgent {

    private static final AtomicLong LEFT = new AtomicLong();

    private CrashAgent() {}

    public static void premain(String where, Instrumentation instrumentation) {
        String[] point = where.split(",");
        LEFT.set(Long.parseLong(point[3]));
        Class<?> advice = point[2].equals("entry") ? Entry.class : Exit.class;
        new AgentBuilder.Default()
                .type(ElementMatchers.named(point[0]))
                .transform((type, of, loader, module, domain) ->
                        type.visit(Advice.to(advice).on(ElementMatchers.named(point[1]))))
                .installOn(instrumentation);
    }

    /** The method was reached once more. */
    public static void reached() {
        if (LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(CRASHED);
        }
    }

    /** What the process ends with, and with nothing else. */
    static final int CRASHED = 86;

    /** At the beginning of a method. */
    static final class Entry {
        @Advice.OnMethodEnter
        static void enter() {
            CrashAgent.reached();
        }
    }

    /** When a method has returned. */
    static final class Exit {
        @Advice.OnMethodExit
        static void exit() {
            CrashAgent.reached();
        }
    }
}
