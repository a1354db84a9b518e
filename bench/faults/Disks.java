import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Faults of the disk: full, read-only, damaged. */
final class Disks {

    private static final String FILE = "  archive: {type: file, path: events.ndjson}\n";

    private Disks() {}

    /** The disk of journal and file fills under load and has room again. */
    static JsonObject full(Path folder) throws Exception {
        Faults.run("mount", "-t", "tmpfs", "-o", "size=12m", "none", folder.toString());
        Senders senders = new Senders();
        try {
            Path ballast = folder.resolve("ballast");
            Files.write(ballast, new byte[8 << 20]);
            try (Gateway gateway = Gateway.start(folder, Faults.config(0, FILE, ""))) {
                senders.start(gateway.port, 4);
                Gateway.await(120, () -> senders.inMemory.size() > 200);
                boolean said = gateway.status("/readyz") == 503;
                Files.delete(ballast);
                Gateway.await(60, () -> gateway.status("/readyz") == 200);
                senders.stop();
                Gateway.await(120, () -> gateway.drained("archive"));
                int code = gateway.stop();
                Lines lines = Lines.in(folder);
                JsonObject result = Faults.verdict(senders.answered, lines.numbers, Set.of(), 0)
                        .put("in_memory", senders.inMemory.size())
                        .put("torn", lines.torn)
                        .put("twice_in_file", lines.twice);
                Faults.must(result, said, "/readyz did not say that the disk is full");
                return Faults.must(result, code == 0 && lines.torn == 0 && lines.twice == 0, "exit code " + code);
            }
        } finally {
            Faults.run("umount", "-l", folder.toString());
        }
    }

    /** No file can be made in the folders any more, then it can again: what a disk that went read-only does. */
    static JsonObject readOnly(Path folder) throws Exception {
        Senders senders = new Senders();
        String data = folder.resolve("data").toString();
        String config = Faults.config(0, FILE, ", segment: {size: 64KiB, age: 1d}");
        try (Gateway gateway = Gateway.start(folder, config)) {
            senders.start(gateway.port, 4);
            Gateway.await(60, () -> senders.answered.size() > 200);
            Faults.run("chattr", "+i", data);
            try {
                Gateway.await(60, () -> senders.inMemory.size() > 200);
                boolean said = gateway.status("/readyz") == 503;
                if (!said) {
                    throw new IllegalStateException("/readyz did not say that the disk is read-only");
                }
            } finally {
                Faults.run("chattr", "-i", data);
            }
            Gateway.await(60, () -> gateway.status("/readyz") == 200);
            senders.stop();
            Gateway.await(120, () -> gateway.drained("archive"));
            int code = gateway.stop();
            Lines lines = Lines.in(folder);
            JsonObject result = Faults.verdict(senders.answered, lines.numbers, Set.of(), 0)
                    .put("in_memory", senders.inMemory.size())
                    .put("twice_in_file", lines.twice);
            return Faults.must(result, code == 0 && lines.torn == 0 && lines.twice == 0, "exit code " + code);
        }
    }

    /**
     * The journal's disk is read-only when the gateway starts, with a backlog on it, after a kill and after a stop: the backlog
     * is delivered, new events are taken into memory, and all of it is journaled once the disk can be written.
     */
    static JsonObject readOnlyAtStart(Path folder) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Faults.run("mount", "-t", "tmpfs", "-o", "size=64m", "none", data.toString());
        Senders senders = new Senders();
        int codes = 0;
        try (FaultyReceiver receiver = new FaultyReceiver()) {
            String config = Faults.config(0, FILE + Processes.http(receiver.port()), "");
            for (boolean killed : new boolean[] {true, false}) {
                receiver.mode = FaultyReceiver.Mode.UNAVAILABLE;
                try (Gateway gateway = Gateway.start(folder, config)) {
                    senders.send(gateway.port, 200);
                    if (!killed) {
                        gateway.stop();
                    }
                }
                Faults.run("mount", "-o", "remount,ro", data.toString());
                try (Gateway gateway = Gateway.start(folder, config)) {
                    if (gateway.status("/readyz") != 503) {
                        throw new IllegalStateException("/readyz does not say that the disk is read-only");
                    }
                    int before = senders.inMemory.size();
                    senders.send(gateway.port, 50);
                    if (senders.inMemory.size() != before + 50) {
                        throw new IllegalStateException("events were not answered 202");
                    }
                    receiver.mode = FaultyReceiver.Mode.OK;
                    Gateway.await(60, () -> receiver.taken.containsAll(senders.answered));
                    Faults.run("mount", "-o", "remount,rw", data.toString());
                    Gateway.await(30, () -> gateway.status("/readyz") == 200);
                    senders.send(gateway.port, 50);
                    Gateway.await(60, () -> gateway.drained("archive") && gateway.drained("out"));
                    codes += gateway.stop();
                }
            }
            Lines lines = Lines.in(folder);
            JsonObject result = Faults.verdict(senders.answered, lines.numbers, Set.of(), 0)
                    .put("in_memory", senders.inMemory.size())
                    .put("torn", lines.torn)
                    .put("twice_in_file", lines.twice)
                    .put("twice_over_http", receiver.twice.get());
            Faults.must(result, receiver.taken.containsAll(senders.answered), "not all came over HTTP");
            return Faults.must(result, codes == 0 && lines.torn == 0 && lines.twice == 0, "exit codes " + codes);
        } finally {
            Faults.run("umount", "-l", data.toString());
        }
    }

    /** A segment is cut short, or bits of its last page flip, while the receiver was away and the process killed. */
    static JsonObject damaged(Path folder, boolean cut) throws Exception {
        Senders senders = new Senders();
        Random random = new Random(7);
        int rounds = 4;
        long lost = 0;
        long said = 0;
        try (FaultyReceiver receiver = new FaultyReceiver()) {
            String config = Faults.config(0, Processes.http(receiver.port()), "");
            for (int round = 0; round < rounds; round++) {
                receiver.mode = FaultyReceiver.Mode.UNAVAILABLE;
                try (Gateway gateway = Gateway.start(folder, config)) {
                    int before = senders.answered.size();
                    senders.start(gateway.port, 4);
                    Gateway.await(60, () -> senders.answered.size() > before + 300);
                    senders.stop();
                    // How far the journal had come is kept within a second.
                    Thread.sleep(1500);
                    if (round % 2 == 0) {
                        gateway.kill();
                    } else {
                        gateway.stop();
                    }
                }
                damage(folder.resolve("data"), random, cut);
                receiver.mode = FaultyReceiver.Mode.OK;
                try (Gateway gateway = Gateway.start(folder, config)) {
                    senders.send(gateway.port, 20);
                    Gateway.await(120, () -> gateway.drained("out"));
                    said += new JsonObject(gateway.get("/api/sinks")).getLong("damaged");
                    boolean told = gateway.text().matches("(?s).*(is damaged|are lost|is lost).*");
                    long missing = senders.answered.stream().filter(n -> !receiver.taken.contains(n)).count();
                    if (missing > lost && !told) {
                        throw new IllegalStateException((missing - lost) + " events are lost and nothing says so");
                    }
                    lost = missing;
                    gateway.stop();
                }
            }
            // A flipped bit costs its event, at worst those of its page; what was cut off is gone.
            long most = cut ? senders.answered.size() : rounds * 40L;
            return Faults.verdict(senders.answered, receiver.taken, Set.of(), most).put("said", said);
        }
    }

    private static void damage(Path data, Random random, boolean cut) throws Exception {
        Path newest;
        try (Stream<Path> files = Files.list(data)) {
            newest = files.filter(file -> file.getFileName().toString().matches("segment-\\d+\\.db(-wal)?"))
                    .filter(file -> file.toFile().length() > 0)
                    .max((one, other) -> {
                        int byTime = Long.compare(one.toFile().lastModified(), other.toFile().lastModified());
                        return byTime != 0 ? byTime : Long.compare(one.toFile().length(), other.toFile().length());
                    })
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(newest);
        if (cut) {
            bytes = Arrays.copyOf(bytes, bytes.length / 2 + random.nextInt(bytes.length / 2));
        } else {
            for (int i = 0; i < 3; i++) {
                bytes[bytes.length - 1 - random.nextInt(16_384)] ^= (byte) (1 << random.nextInt(8));
            }
        }
        Files.write(newest, bytes);
    }
}
