package io.github.falcogateway.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The running gateway that a command asks. Confined to one command. */
final class GatewayOption {

    @CommandLine.Option(
            names = {"--to", "--from"},
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:2801",
            description = "The running gateway; user and password may be in the address. Default ${DEFAULT-VALUE}.")
    private String url = "http://127.0.0.1:2801";

    @CommandLine.Option(
            names = "--token",
            defaultValue = "${env:FALCO_GATEWAY_TOKEN}",
            description = "Sent as Authorization: Bearer; else $FALCO_GATEWAY_TOKEN.")
    private @Nullable String token;

    /** One request to a path below the address. */
    GatewayRequest request(String path) throws IOException {
        URI base = URI.create(url.replaceAll("/+$", ""));
        String authority = base.getHost() + (base.getPort() < 0 ? "" : ":" + base.getPort());
        GatewayRequest request =
                new GatewayRequest(URI.create(base.getScheme() + "://" + authority + base.getPath() + path)
                        .toURL());
        if (token != null && !token.isBlank()) {
            request.header("Authorization", "Bearer " + token);
        } else if (base.getUserInfo() != null) {
            byte[] user = base.getUserInfo().getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        }
        return request;
    }

    /** Whether it is on this machine, where packing costs more than it saves. */
    boolean isLocal() {
        String host = URI.create(url).getHost();
        return host != null && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    }

    /** The address without credentials. */
    String shown() {
        return url.replaceAll("//[^@/]*@", "//");
    }

    /** What is wrong with the address; empty where nothing is. */
    String fault() {
        try {
            URI base = URI.create(url);
            boolean usable = base.getHost() != null && List.of("http", "https").contains(base.getScheme());
            return usable ? "" : shown() + " is no address of a gateway: http://127.0.0.1:2801 is such";
        } catch (IllegalArgumentException malformed) {
            return shown() + " is no address of a gateway: http://127.0.0.1:2801 is such";
        }
    }

    /** What to tell people where it cannot be reached; the address without credentials. */
    String unreachable(IOException cause) {
        return "the gateway at " + shown() + " cannot be reached: " + why(cause);
    }

    private static String why(IOException cause) {
        if (cause instanceof UnknownHostException) {
            return "its name leads to no address";
        }
        String said = cause.getMessage();
        if (said == null) {
            return cause.getClass().getSimpleName();
        }
        return cause instanceof ConnectException && said.contains("refused") ? "nothing listens there" : said;
    }
}
