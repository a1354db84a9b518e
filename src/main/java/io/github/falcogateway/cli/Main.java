package io.github.falcogateway.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The program's entry. */
@CommandLine.Command(
        name = "falco-gateway",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Shown.class,
        description = "The one place Falco's security events are pushed to. Without a command it runs the gateway.",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            ImportCommand.class,
            EventsCommand.class,
            RulesCommand.class,
            HashPasswordCommand.class,
            HealthcheckCommand.class,
            SendTestCommand.class,
            SilenceCommand.class,
            ExplainCommand.class,
            DoctorCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        })
public final class Main implements Runnable {

    private static final String RUN = "run";
    private static final String NETTY_RECORDS = "io.netty.jfr.enabled";

    private Main() {}

    /** Runs a command and exits with its code: 0 fine, 1 it failed, 2 bad usage or configuration. */
    public static void main(String[] args) {
        // Netty would start Java's flight recorder to tell it of its buffers: a tenth of a second for whoever comes
        // first.
        if (System.getProperty(NETTY_RECORDS) == null) {
            System.setProperty(NETTY_RECORDS, "false");
        }
        // Where no locale is set Java would print a question mark for all that is not ASCII, also in JSON.
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(FileDescriptor.err));
        String[] named =
                args.length == 0 || args[0].equals("--config") || args[0].startsWith("--config=") ? run(args) : args;
        PlainRun plain = PlainRun.of(named);
        System.exit(plain == null ? execute(named) : plain.execute());
    }

    private static PrintStream utf8(FileDescriptor to) {
        return new PrintStream(new BufferedOutputStream(new FileOutputStream(to)), true, StandardCharsets.UTF_8);
    }

    static int execute(String... args) {
        Class<?> named = args.length == 0 ? null : subcommand(args[0]);
        if (named == null) {
            return line(new Main()).execute(args);
        }
        // The others are not looked at: that would take a third of the gateway's start.
        return line(named).setCommandName("falco-gateway " + args[0]).execute(Arrays.copyOfRange(args, 1, args.length));
    }

    private static CommandLine line(Object command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failed, line, parsed) -> {
                    // The disk's or the network's fault, and no mistake of the program's that its lines would show.
                    if (failed instanceof IOException fault) {
                        System.err.println(line.getCommandName() + " failed: "
                                + fault.getClass().getSimpleName() + ": " + fault.getMessage());
                        return 1;
                    }
                    throw failed;
                });
    }

    private static @Nullable Class<?> subcommand(String name) {
        for (Class<?> each : Main.class.getAnnotation(CommandLine.Command.class).subcommands()) {
            if (each.getAnnotation(CommandLine.Command.class).name().equals(name)) {
                return each;
            }
        }
        return null;
    }

    private static String[] run(String[] args) {
        String[] with = new String[args.length + 1];
        with[0] = RUN;
        System.arraycopy(args, 0, with, 1, args.length);
        return with;
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** The version as `--version` shows it. */
    static final class Shown implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"falco-gateway " + Version.text()};
        }
    }
}
