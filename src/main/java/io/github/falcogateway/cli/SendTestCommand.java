package io.github.falcogateway.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Sends a test event through one sink of the running gateway. Confined to the main thread. */
@CommandLine.Command(
        name = "send-test",
        mixinStandardHelpOptions = true,
        description = "A test event through one sink of the running gateway; prints what the sink answered.")
final class SendTestCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private final GatewayOption gateway = new GatewayOption();

    @CommandLine.Parameters(paramLabel = "SINK", description = "The name of a sink.")
    private String sink = "";

    @Override
    public Integer call() {
        try {
            String path = "/api/sinks/" + URLEncoder.encode(sink, StandardCharsets.UTF_8) + "/test";
            GatewayRequest.Answer answer = gateway.request(path).post(new byte[0]);
            JsonObject said = new JsonObject(answer.body());
            if (answer.status() != 200) {
                System.err.println(said.getString("detail", "status " + answer.status()));
                return 1;
            }
            boolean delivered = said.getBoolean("delivered", false);
            System.out.println(sink + ": " + (delivered ? "delivered" : said.getString("reason")));
            return delivered ? 0 : 1;
        } catch (IOException gone) {
            System.err.println(gateway.unreachable(gone));
            return 1;
        } catch (IllegalArgumentException | DecodeException bad) {
            System.err.println("that is no gateway: " + bad.getMessage());
            return 2;
        }
    }
}
