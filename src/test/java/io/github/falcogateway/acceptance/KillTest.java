package io.github.falcogateway.acceptance;

import static io.github.falcogateway.testing.Patience.awaitOther;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.GatewayProcess;
import io.github.falcogateway.testing.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        String config = RunningGateway.config(folder, 0);
        for (int round = 0; round < ROUNDS; round++) {
            GatewayProcess gateway = GatewayProcess.start(folder, config);
            int before = answered.size();
            AtomicBoolean going = new AtomicBoolean(true);
            List<Thread> senders = senders(gateway, going);
            awaitOther().until(() -> answered.size() > before + 300);
            gateway.kill();
            going.set(false);
            for (Thread sender : senders) {
                sender.join();
            }
        }
        try (GatewayProcess last = GatewayProcess.start(folder, config)) {
            awaitOther().until(() -> written().containsAll(answered));
            awaitOther().until(() -> counted(last) == writtenInOrder().size());
            assertThat(last.stop()).isZero();
        }
        List<String> all = writtenInOrder();
        assertThat(all).doesNotHaveDuplicates();
    }

    private static double counted(GatewayProcess gateway) throws IOException, InterruptedException {
        return gateway.get("/metrics")
                .lines()
                .filter(line -> line.startsWith("falco_events{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private List<Thread> senders(GatewayProcess gateway, AtomicBoolean going) {
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Thread sender = new Thread(() -> {
                try {
                    while (going.get()) {
                        String rule = "n" + numbers.incrementAndGet();
                        if (gateway.post("{\"rule\":\"" + rule + "\",\"priority\":\"Error\"}") == 200) {
                            answered.add(rule);
                        }
                    }
                } catch (InterruptedException ending) {
                    Thread.currentThread().interrupt();
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
