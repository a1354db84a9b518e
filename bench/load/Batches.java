import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends NDJSON of many events a request over a few connections, a thread each, the next when the answer is there. */
final class Batches {

    static final int EVENTS = 1000;

    private Batches() {}

    static Load.Result load(Target target, int connections, double seconds) throws Exception {
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        List<Future<Latencies>> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Callable<Latencies> sender = () -> send(target, end);
            all.add(threads.submit(sender));
        }
        Latencies latencies = new Latencies();
        long requests = 0;
        for (Future<Latencies> one : all) {
            Latencies its = one.get();
            latencies.add(its);
            requests += its.count();
        }
        threads.shutdown();
        long events = requests * EVENTS;
        return new Load.Result(events, events, 0, 0, 0, (System.nanoTime() - begin) / 1e9, latencies);
    }

    private static Latencies send(Target target, long end) throws IOException {
        Latencies latencies = new Latencies();
        ByteBuffer out = ByteBuffer.allocateDirect(4 << 20);
        ByteBuffer in = ByteBuffer.allocate(8192);
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", target.port()))) {
            while (System.nanoTime() < end) {
                int first = target.nextNumbers(EVENTS);
                body(target.events(), first, out);
                long since = System.nanoTime();
                while (out.hasRemaining()) {
                    channel.write(out);
                }
                answer(channel, in);
                latencies.record(System.nanoTime() - since);
                target.answered(first, EVENTS);
            }
        }
        return latencies;
    }

    /** The head is as long as the body's length has digits, so the body is made first. */
    private static void body(Events events, int first, ByteBuffer out) {
        int room = 256;
        out.clear().position(room);
        events.lines(first, EVENTS, out);
        int end = out.position();
        byte[] head = ("POST /events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-ndjson\r\nContent-Length: "
                        + (end - room) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        out.position(room - head.length);
        out.put(head);
        out.position(room - head.length).limit(end);
    }

    private static void answer(SocketChannel channel, ByteBuffer in) throws IOException {
        in.clear();
        String text = "";
        while (!text.contains("\r\n\r\n") || !text.endsWith("}")) {
            if (channel.read(in) < 0) {
                throw new IOException("the server closed a connection");
            }
            text = new String(in.array(), 0, in.position(), StandardCharsets.US_ASCII);
        }
        if (!text.startsWith("HTTP/1.1 200")) {
            throw new IOException("a batch was answered " + text);
        }
    }
}
