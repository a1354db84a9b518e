package io.github.falcogateway.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * Asks a running gateway whether it lives, for a container that has neither a shell nor curl. A disk that refuses is no
 * reason to say no: who would restart the gateway then would lose what its memory holds. Confined to the main thread.
 */
@CommandLine.Command(
        name = "healthcheck",
        mixinStandardHelpOptions = true,
        description = "Asks a running gateway whether it lives: exit code 0 if it does, 1 if not.")
final class HealthcheckCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    @CommandLine.Mixin
    private final GatewayOption gateway = new GatewayOption();

    @Override
    public Integer call() {
        try {
            GatewayRequest.Answer answer =
                    gateway.request("/healthz").timeout(TIMEOUT).get();
            if (answer.status() == 200) {
                System.out.println("ok");
                return 0;
            }
            System.err.println("the gateway answers " + answer.status());
        } catch (IOException unreachable) {
            System.err.println(gateway.unreachable(unreachable));
        }
        return 1;
    }
}
