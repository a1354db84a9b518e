import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.falcogateway.testing.DiscordLimits;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Discord's webhook endpoint on loopback, with TLS: takes what Discord would take and writes it, a line a message, into
 * FOLDER/messages; what Discord would refuse goes into FOLDER/refused with the reason. Discord PORT KEYSTORE FOLDER PATH
 */
public final class Discord {


    private final Path folder;
    private final String path;

    private Discord(Path folder, String path) {
        this.folder = folder;
        this.path = path;
    }

    public static void main(String[] args) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ServerTls.of(Path.of(args[1]))));
        server.createContext("/", new Discord(Path.of(args[2]), args[3])::take);
        server.start();
        System.out.println("listening");
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
            List<String> wrong = List.of("not asked for as a webhook: " + asked + " " + type);
            if (asked.equals("POST " + path + "?wait=true") && type.startsWith("application/json")) {
                wrong = DiscordLimits.violations(new JsonObject(body));
            }
            write(wrong.isEmpty() ? "messages" : "refused", wrong.isEmpty() ? body : wrong + " " + body);
            byte[] answer = (wrong.isEmpty() ? "{\"id\":\"1\",\"channel_id\":\"2\"}" : "{\"code\":50035,\"message\":\"Invalid Form Body\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(wrong.isEmpty() ? 200 : 400, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private synchronized void write(String file, String line) throws IOException {
        Files.writeString(folder.resolve(file), line.replace("\n", " ") + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
