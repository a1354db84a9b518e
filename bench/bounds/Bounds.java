import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rig of bench/bounds/README.md: attacks a gateway in one way after another while an honest sender goes on. */
public final class Bounds {

    private final Gateway gateway;
    private final HonestSender honest;
    private final double most;
    private final List<String> failures = new ArrayList<>();

    private Bounds(Gateway gateway, double most) {
        this.gateway = gateway;
        this.honest = new HonestSender(gateway.port);
        this.most = most;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>(Map.of("--seconds", "5", "--p99", "100", "--only", ""));
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (options.put(args[i], args[i + 1]) == null) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        long seconds = Long.parseLong(options.get("--seconds"));
        double most = Double.parseDouble(options.get("--p99"));
        Bounds bounds = new Bounds(Gateway.start(), most);
        bounds.attack(options.get("--only"), seconds);
        System.exit(bounds.verdict() ? 0 : 1);
    }

    private void attack(String only, long seconds) throws Exception {
        honest.warmUp();
        for (Map.Entry<String, Attack> attack : Attack.all().entrySet()) {
            if (!only.isEmpty() && !only.equals(attack.getKey())) {
                continue;
            }
            round(attack.getKey(), attack.getValue(), seconds);
            if (!gateway.isAlive()) {
                failures.add(attack.getKey() + ": the gateway died");
                break;
            }
        }
    }

    private void round(String name, Attack attack, long seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long[] did = new long[1];
        String[] broken = new String[1];
        Thread attacker = new Thread(() -> {
            try {
                did[0] = attack.run(gateway.port, end);
            } catch (Exception failed) {
                broken[0] = failed.toString();
            }
        });
        attacker.start();
        List<Double> times = honest.until(end);
        attacker.join(30_000);
        double p99 = at(times, 0.99);
        System.out.printf(
                "{\"attack\":\"%s\",\"did\":%d,\"honest\":%d,\"p50_ms\":%.1f,\"p99_ms\":%.1f,\"max_ms\":%.1f,\"rss_mib\":%d}%n",
                name, did[0], times.size(), at(times, 0.5), p99, at(times, 1), gateway.memory());
        if (p99 > most) {
            failures.add(name + ": the honest sender's p99 is " + p99 + " ms");
        }
        if (broken[0] != null) {
            failures.add(name + ": " + broken[0]);
        }
        honest.losses().forEach(loss -> failures.add(name + ": " + loss));
    }

    /** Whether all held; tells what did not, and keeps the gateway's folder then. */
    private boolean verdict() throws Exception {
        failures.addAll(honest.check(gateway.events()));
        System.out.printf(
                "{\"honest_events\":%d,\"store_mib\":%d,\"failures\":%d}%n",
                honest.sent(), gateway.storeSize() >> 20, failures.size());
        boolean outOfMemory = Files.readString(gateway.log()).contains("OutOfMemoryError");
        gateway.stop();
        if (outOfMemory) {
            failures.add("the heap was full");
        }
        failures.forEach(failure -> System.err.println("FAILED " + failure));
        if (failures.isEmpty()) {
            gateway.delete();
        } else {
            System.err.println("the gateway's log is " + gateway.log());
        }
        return failures.isEmpty();
    }

    private static double at(List<Double> times, double quantile) {
        List<Double> sorted = times.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, (long) (sorted.size() * quantile)));
    }
}
