package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.RunningGateway;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, killed under load, several times: every answered event is in the file sink, none twice, and is counted once. */
class KillTest {

    private static final int ROUNDS = 4;
    private static final int SENDERS = 64;
    private static final Pattern RULE = Pattern.compile("\"rule\":\"(n\\d+)\"");

    @TempDir
    Path folder;

    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();

    @Test
    void losesNothingThatWasAnswered() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path config = folder.resolve("gateway.yaml");
        Files.writeString(config, RunningGateway.config(folder, port));
        for (int round = 0; round < ROUNDS; round++) {
            Process gateway = start(config, port);
            int before = answered.size();
            AtomicBoolean going = new AtomicBoolean(true);
            List<Thread> senders = senders(port, going);
            await().atMost(Duration.ofSeconds(30)).until(() -> answered.size() > before + 300);
            gateway.destroyForcibly().waitFor();
            going.set(false);
            for (Thread sender : senders) {
                sender.join();
            }
        }
        Process last = start(config, port);
        await().atMost(Duration.ofSeconds(30)).until(() -> written().containsAll(answered));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> counted(port) == writtenInOrder().size());
        last.destroy();
        assertThat(last.waitFor()).isZero();
        List<String> all = writtenInOrder();
        assertThat(all).doesNotHaveDuplicates();
    }

    private Process start(Path config, int port) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.github.falcogateway.cli.Main",
                        "run",
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> answers(port));
        return process;
    }

    private static boolean answers(int port) {
        try {
            HttpRequest ping = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ping"))
                    .build();
            return HttpClient.newHttpClient()
                    .send(ping, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .equals("pong");
        } catch (IOException | InterruptedException notYet) {
            return false;
        }
    }

    private static double counted(int port) throws IOException, InterruptedException {
        HttpRequest scrape = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(scrape, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("falco_events{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private List<Thread> senders(int port, AtomicBoolean going) {
        List<Thread> senders = new ArrayList<>();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = 0; i < SENDERS; i++) {
            Thread sender = new Thread(() -> {
                while (going.get()) {
                    String rule = "n" + numbers.incrementAndGet();
                    HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"rule\":\"" + rule + "\",\"priority\":\"Error\"}"))
                            .build();
                    try {
                        if (client.send(post, HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                == 200) {
                            answered.add(rule);
                        }
                    } catch (IOException | InterruptedException killed) {
                        return;
                    }
                }
            });
            sender.start();
            senders.add(sender);
        }
        return senders;
    }

    private Set<String> written() throws IOException {
        return new HashSet<>(writtenInOrder());
    }

    private List<String> writtenInOrder() throws IOException {
        Path file = folder.resolve("events.ndjson");
        List<String> rules = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                Matcher rule = RULE.matcher(line);
                if (rule.find()) {
                    rules.add(rule.group(1));
                }
            }
        }
        return rules;
    }
}
