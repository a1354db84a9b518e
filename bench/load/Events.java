import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/**
 * Falco events of 0.9 KB on average: rules, hosts, priorities, commands, files and addresses vary. Each holds a number behind
 * {@code evtnum=} that is put in when it is sent, so that a receiver can tell which events came. Where a
 * number of hosts is asked for, they take turns by it, and a day has 345,600 events; else 40 hosts and one day, at random.
 * Immutable once made.
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

    private static final byte[] TIME = "\"time\":\"2026-05-".getBytes(StandardCharsets.US_ASCII);
    private static final int PER_SECOND = 4;
    private static final int DAYS = 30;
    private static final int HOST_DIGITS = 7;
    private static final byte[] HOST = "\"node-".getBytes(StandardCharsets.US_ASCII);
    private static final int HOST_AT = "{\"hostname\":".length() + HOST.length;

    private final byte[][] bodies = new byte[MANY][];
    private final int[] places = new int[MANY];
    private final int[] times = new int[MANY];
    private final int hosts;

    Events() {
        this(0);
    }

    Events(int hosts) {
        this.hosts = hosts;
        Random random = new Random(20260501);
        for (int i = 0; i < MANY; i++) {
            String event = event(i, random);
            String named = hosts == 0 ? event : event.replaceFirst("node-\\d+", host(0));
            bodies[i] = named.getBytes(StandardCharsets.UTF_8);
            places[i] = find(bodies[i], MARK);
            times[i] = find(bodies[i], TIME);
        }
    }

    /** The name of a host where their number was asked for. */
    static String host(long number) {
        return String.format("node-%0" + HOST_DIGITS + "d", number);
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
        fill(number, out, start);
        out.flip();
    }

    /** The next events as lines. */
    void lines(long from, int count, ByteBuffer out) {
        for (long number = from; number < from + count; number++) {
            int start = out.position();
            out.put(bodies[(int) (number % MANY)]).put((byte) '\n');
            fill(number, out, start);
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

    private void fill(long number, ByteBuffer out, int start) {
        digits(number, DIGITS, out, start + places[(int) (number % MANY)]);
        if (hosts > 0) {
            digits(number % hosts, HOST_DIGITS, out, start + HOST_AT);
            time(number, out, start + times[(int) (number % MANY)]);
        }
    }

    /** 2026-05-DDTHH:MM:SS.mmm, a quarter of a second after the one before, for a month. */
    private static void time(long number, ByteBuffer out, int place) {
        long second = number / PER_SECOND;
        digits(1 + second / 86_400 % DAYS, 2, out, place);
        digits(second / 3600 % 24, 2, out, place + 3);
        digits(second / 60 % 60, 2, out, place + 6);
        digits(second % 60, 2, out, place + 9);
        digits(number % PER_SECOND * (1000 / PER_SECOND), 3, out, place + 12);
    }

    private static void digits(long number, int digits, ByteBuffer out, int place) {
        long rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            out.put(place + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private static int find(byte[] body, byte[] mark) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return text.indexOf(new String(mark, StandardCharsets.ISO_8859_1)) + mark.length;
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
