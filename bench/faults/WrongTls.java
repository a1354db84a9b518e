import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** A receiver that is not who it should be: nothing is handed to it, and all of it to the right one. */
final class WrongTls {


    private WrongTls() {}

    static JsonObject run(Path folder) throws Exception {
        SSLContext right = identity(folder, "right", "dns:localhost");
        Map<String, SSLContext> wrong = new LinkedHashMap<>();
        wrong.put("not trusted", identity(folder, "stranger", "dns:localhost"));
        wrong.put("another name", identity(folder, "other", "dns:other.example"));
        wrong.put("no TLS", null);
        Files.writeString(folder.resolve("trusted.pem"), pem(folder, "right") + pem(folder, "other"));
        Senders senders = new Senders();
        JsonArray errors = new JsonArray();
        try (FaultyReceiver receiver = new FaultyReceiver()) {
            String sink = "  out: {type: http, url: \"https://localhost:" + receiver.port()
                    + "/\", timeout: 2s, retry: {min: 10ms, max: 100ms}, tls: {ca: trusted.pem}}\n";
            receiver.tls = right;
            try (Gateway gateway = Gateway.start(folder, Faults.config(0, sink, ""))) {
                senders.send(gateway.port, 20);
                Gateway.await(60, () -> gateway.drained("out"));
                for (Map.Entry<String, SSLContext> fault : wrong.entrySet()) {
                    receiver.tls = fault.getValue();
                    receiver.hangUp();
                    int before = receiver.taken.size();
                    senders.send(gateway.port, 40);
                    Gateway.await(30, () -> Sinks.ill(gateway));
                    errors.add(fault.getKey() + ": " + gateway.sink("out").getString("last_error"));
                    if (receiver.taken.size() != before) {
                        throw new IllegalStateException("events were handed to a receiver with " + fault.getKey());
                    }
                    receiver.tls = right;
                    receiver.hangUp();
                    Gateway.await(60, () -> gateway.drained("out"));
                }
                JsonArray dead = new JsonObject(gateway.get("/api/sinks/out/dead")).getJsonArray("dead");
                JsonObject result = Faults.verdict(senders.answered, receiver.taken, Set.of(), 0)
                        .put("twice", receiver.twice.get())
                        .put("errors", errors);
                Faults.must(result, dead.isEmpty(), dead.size() + " dead letters");
                Faults.must(result, errors.getString(2).endsWith("speaks no TLS"), "the last error does not say why");
                return Faults.must(result, gateway.sink("out").getString("state").equals("running"), "it does not run again");
            }
        }
    }

    private static SSLContext identity(Path folder, String alias, String name) throws Exception {
        Path store = folder.resolve(alias + ".p12");
        keytool("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias, "-ext", "SAN=" + name,
                "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", ServerTls.PASSWORD);
        return ServerTls.of(store);
    }

    private static String pem(Path folder, String alias) throws Exception {
        Path pem = folder.resolve(alias + ".pem");
        keytool("-exportcert", "-rfc", "-alias", alias, "-keystore", folder.resolve(alias + ".p12").toString(),
                "-storepass", ServerTls.PASSWORD, "-file", pem.toString());
        return Files.readString(pem);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }
}
