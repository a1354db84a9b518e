import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Servers with Falco's rhythm, a gateway as a process of its own, and what must hold between them. Prints JSON. */
public final class Rig {

    private static boolean failed;

    private Rig() {}

    public static void main(String[] args) throws Exception {
        List<String> all = List.of(args);
        boolean isShort = all.contains("--short");
        Path folder = Files.createTempDirectory("grpc-rig");
        Vertx vertx = Vertx.vertx();
        try {
            tell("rate", Rate.measure(vertx, folder, isShort ? 20_000 : 100_000));
            tell("flap", Restarts.ofFalcos(vertx, folder, isShort ? 8 : 60));
            tell("kill", Restarts.ofTheGateway(vertx, folder, isShort ? 6 : 20));
            int go = all.indexOf("--go");
            if (go >= 0) {
                tell("client-go", ClientGo.check(vertx, folder, all.get(go + 1)));
            }
        } finally {
            Gateway.killAll();
            vertx.close();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
        System.exit(failed ? 1 : 0);
    }

    private static void tell(String what, JsonObject result) {
        System.out.println(new JsonObject().put(what, result).encode());
        if (!result.getBoolean("ok")) {
            failed = true;
        }
    }
}
