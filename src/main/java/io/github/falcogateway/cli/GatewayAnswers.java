package io.github.falcogateway.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the JSON API of the running gateway. Confined to one command. */
final class GatewayAnswers {

    private final GatewayOption gateway;

    GatewayAnswers(GatewayOption gateway) {
        this.gateway = gateway;
    }

    /**
     * Asks.
     *
     * @param parameters empty ones are left out
     * @throws IllegalArgumentException with what the gateway says is wrong with the question
     * @throws IOException where it cannot be reached or does not answer as a gateway
     */
    JsonObject ask(String path, Map<String, String> parameters) throws IOException {
        String query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&", "?", ""));
        GatewayRequest.Answer answer = gateway.request(path + query).get();
        if (answer.status() == 401) {
            throw new IOException("it wants to know who asks: user:password@ in the address");
        }
        try {
            JsonObject said = new JsonObject(answer.body());
            if (answer.status() == 400) {
                throw complaint(said, parameters);
            }
            if (answer.status() == 200) {
                return said;
            }
        } catch (DecodeException noGateway) {
            throw new IOException("it is no gateway", noGateway);
        }
        throw new IOException("it answered " + answer.status());
    }

    private static IllegalArgumentException complaint(JsonObject said, Map<String, String> parameters) {
        String detail = said.getString("detail");
        String condition = parameters.get("filter");
        return condition != null && said.getValue("at") instanceof Integer at
                ? new BadCondition(detail, said.getString("suggestion", ""), condition, at)
                : new IllegalArgumentException(detail);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
