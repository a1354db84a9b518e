import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/** Falco's own client library for Go, on both sides of a gateway. */
final class ClientGo {

    private ClientGo() {}

    /** A client-go subscriber of ours, and its generated server as a source of ours. */
    static JsonObject check(Vertx vertx, Path folder, String rig) throws Exception {
        Path served = folder.resolve("served.sock");
        Path goSocket = folder.resolve("go.sock");
        Process server = new ProcessBuilder(rig, "serve", goSocket.toString(), "5000").inheritIO().start();
        Falco falco = new Falco(vertx, folder, "host-a");
        Falco other = new Falco(vertx, folder, "host-b");
        falco.start();
        other.start();
        JsonObject result = new JsonObject();
        try (Gateway gateway = new Gateway(
                folder,
                "go",
                List.of(falco, other),
                "poll: 50ms",
                "listen: {http: \"127.0.0.1:0\", grpc: \"unix://" + served + "\"}\n",
                "- {name: go, grpc: \"unix://" + goSocket + "\", poll: 50ms}\n- {name: go-get, mode: get, grpc: \"unix://"
                        + goSocket + "\", poll: 50ms}\n")) {
            Gateway.await(20, () -> gateway.events() >= 5000);
            result.put("from_client_go_server", gateway.events());
            result.put("version", output(new ProcessBuilder(rig, "version", served.toString())));
            Process subscriber = new ProcessBuilder(rig, "subscribe", served.toString(), "2000", "60")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Gateway.await(20, () -> gateway.metric("falco_gateway_grpc_subscribers") >= 1);
            for (int i = 0; i < 1000; i++) {
                falco.raise("go-a-" + i);
                other.raise("go-b-" + i);
            }
            JsonObject told = new JsonObject(new String(subscriber.getInputStream().readAllBytes()).strip());
            result.put("to_client_go", told);
            result.put("get", output(new ProcessBuilder(rig, "get", served.toString())));
            return result.put(
                    "ok",
                    result.getLong("from_client_go_server") == 5000
                            && told.getInteger("events") == 2000
                            && told.getJsonArray("hosts").equals(new JsonArray(List.of("host-a", "host-b"))));
        } finally {
            server.destroy();
            falco.stop();
            other.stop();
        }
    }

    private static String output(ProcessBuilder command) throws Exception {
        Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new String(process.getInputStream().readAllBytes()).strip();
    }
}
