package io.github.falcogateway.cli;

import picocli.CommandLine;

/** The program's entry. */
@CommandLine.Command(
        name = "falco-gateway",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
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

    private Main() {}

    /** Runs a command and exits with its code: 0 fine, 1 it failed, 2 bad usage or configuration. */
    public static void main(String[] args) {
        int code = execute(
                args.length == 0 || args[0].equals("--config") || args[0].startsWith("--config=") ? run(args) : args);
        System.exit(code);
    }

    static int execute(String... args) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
    }

    private static String[] run(String[] args) {
        String[] with = new String[args.length + 1];
        with[0] = "run";
        System.arraycopy(args, 0, with, 1, args.length);
        return with;
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
