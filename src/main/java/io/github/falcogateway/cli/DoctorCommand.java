package io.github.falcogateway.cli;

import io.github.falcogateway.config.GatewayConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Says what is wrong around a gateway and what to do about it. Confined to the main thread. */
@CommandLine.Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Looks at the configuration, the port, the disk and its speed, the clock, and whether every sink is"
                        + " reached; says what to do. Exit code 0 all is well, 1 something is not, 2 bad configuration.")
final class DoctorCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private final ConfigOption option = new ConfigOption();

    @Override
    public Integer call() {
        GatewayConfig config = option.loadOrTell();
        if (config == null) {
            System.out.println(Finding.ill("the configuration", "correct the lines above; `check` shows them again"));
            return 2;
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.well("the configuration: " + config.sinks().size() + " sinks, "
                + config.routes().routes().size() + " routes"));
        findings.addAll(new Checkup(config).all());
        findings.forEach(System.out::println);
        return findings.stream().allMatch(Finding::well) ? 0 : 1;
    }
}
