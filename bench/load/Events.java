import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/**
 * Falco events of 0.9 KB on average: rules, hosts, priorities, commands, files and addresses vary. Each holds a number behind
 * {@code evtnum=} that is put in when it is sent, so that a receiver can tell which events came. Immutable once made.
 */
final class Events {

    static final int MANY = 512;
    static final int DIGITS = 12;
    static final byte[] MARK = "evtnum=".getBytes(StandardCharsets.US_ASCII);

    private static final String[] PRIORITIES = {"Critical", "Error", "Warning", "Notice", "Informational", "Debug"};
    private static final String[][] SHAPES = {
        {"Terminal shell in container", "A shell was spawned in a container with an attached terminal", "container, shell, mitre_execution", "execve"},
        {"Write below binary dir", "File below a known binary directory opened for writing", "filesystem, mitre_persistence", "openat"},
        {"Read sensitive file untrusted", "Sensitive file opened for reading by non-trusted program", "filesystem, mitre_credential_access", "openat"},
        {"Contact K8S API Server From Container", "Unexpected connection to K8s API Server from container", "network, k8s, mitre_discovery", "connect"},
        {"Launch Privileged Container", "Privileged container started", "container, cis, mitre_privilege_escalation", "container"},
        {"Redirect STDOUT/STDIN to Network Connection in Container", "Redirect stdout/stdin to network connection", "network, process", "dup2"},
        {"Delete or rename shell history", "Shell history deleted or renamed", "process, mitre_defense_evasion", "unlinkat"},
        {"Packet socket created in container", "Packet socket was created in a container", "network, container", "socket"},
    };

    private final byte[][] bodies = new byte[MANY][];
    private final int[] places = new int[MANY];

    Events() {
        Random random = new Random(20260501);
        for (int i = 0; i < MANY; i++) {
            bodies[i] = event(i, random).getBytes(StandardCharsets.UTF_8);
            places[i] = find(bodies[i]);
        }
    }

    double averageBytes() {
        long sum = 0;
        for (byte[] body : bodies) {
            sum += body.length;
        }
        return (double) sum / MANY;
    }

    /** One whole HTTP request with the event of that number. */
    void request(long number, ByteBuffer out) {
        byte[] body = bodies[(int) (number % MANY)];
        out.clear();
        out.put(HEAD).put(Integer.toString(body.length).getBytes(StandardCharsets.US_ASCII)).put(END);
        int start = out.position();
        out.put(body);
        digits(number, out, start + places[(int) (number % MANY)]);
        out.flip();
    }

    /** The next events as lines. */
    void lines(long from, int count, ByteBuffer out) {
        for (long number = from; number < from + count; number++) {
            int start = out.position();
            out.put(bodies[(int) (number % MANY)]).put((byte) '\n');
            digits(number, out, start + places[(int) (number % MANY)]);
        }
    }

    void write(long from, int count, OutputStream out) throws IOException {
        byte[] line = new byte[4096];
        ByteBuffer buffer = ByteBuffer.wrap(line);
        for (long number = from; number < from + count; number++) {
            buffer.clear();
            lines(number, 1, buffer);
            out.write(line, 0, buffer.position());
        }
    }

    private static final byte[] HEAD = ("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: falcosecurity/falco\r\n"
                    + "Content-Type: application/json\r\nContent-Length: ")
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static void digits(long number, ByteBuffer out, int place) {
        long rest = number;
        for (int i = DIGITS - 1; i >= 0; i--) {
            out.put(place + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private static int find(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return text.indexOf("evtnum=") + MARK.length;
    }

    private static String event(int i, Random random) {
        String[] shape = SHAPES[i % SHAPES.length];
        String priority = PRIORITIES[random.nextInt(PRIORITIES.length)];
        String container = String.format("%012x", random.nextLong() & 0xffffffffffffL);
        String command = "sh -c " + "curl -s http://10.0." + random.nextInt(256) + "." + random.nextInt(256) + "/" + word(random);
        String file = "/usr/bin/" + word(random) + "/" + word(random);
        String pod = word(random) + "-" + Integer.toHexString(random.nextInt()) + "-" + random.nextInt(100);
        String namespace = "team-" + random.nextInt(12);
        String user = random.nextInt(4) == 0 ? "root" : "user" + random.nextInt(40);
        String time = String.format("2026-05-01T%02d:%02d:%02d.%09dZ", i % 24, i % 60, i * 7 % 60, random.nextInt(1_000_000_000));
        String output = String.format(
                "%s: %s %s (evtnum=000000000000 user=%s user_loginuid=%d command=%s file=%s parent=%s pcmdline=%s -l gparent=containerd-shim container_id=%s image=registry.example/%s:%d k8s.ns=%s k8s.pod=%s)",
                time.substring(11, 29), priority, shape[1], user, 1000 + random.nextInt(50), command, file, "bash", "bash", container, word(random), random.nextInt(90), namespace, pod);
        String tags = "\"" + String.join("\",\"", shape[2].split(", ")) + "\"";
        return String.format(
                Locale.ROOT,
                "{\"hostname\":\"node-%d\",\"output\":\"%s\",\"priority\":\"%s\",\"rule\":\"%s\",\"source\":\"syscall\",\"tags\":[%s],\"time\":\"%s\",\"output_fields\":{\"container.id\":\"%s\",\"evt.time\":16514482%011d,\"evt.type\":\"%s\",\"fd.name\":\"%s\",\"k8s.ns.name\":\"%s\",\"k8s.pod.name\":\"%s\",\"proc.cmdline\":\"%s\",\"proc.name\":\"sh\",\"proc.pid\":%d,\"proc.pname\":\"bash\",\"proc.tty\":%d,\"user.loginuid\":-1,\"user.name\":\"%s\"}}",
                random.nextInt(40), output, priority, shape[0], tags, time, container, random.nextInt(1_000_000_000), shape[3], file, namespace, pod, command, random.nextInt(1 << 22), random.nextInt(2) * 34816, user);
    }

    private static String word(Random random) {
        StringBuilder text = new StringBuilder();
        int length = 4 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
