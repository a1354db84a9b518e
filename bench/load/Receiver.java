import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/** Where sinks post to: notes the number of each event and answers 200 at once. One thread; its lock guards what it notes. */
final class Receiver implements AutoCloseable {

    private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "content-length:";
    /** No event is shorter, whoever posts it on: after a mark the next one is at least so far ahead. */
    private static final int SHORTEST = 500;

    /** A connection and what of its request is there. */
    private static final class Peer {
        private byte[] bytes = new byte[16384];
        private int end;
        private int bodyAt;
        private int whole;
    }

    private final Selector selector;
    private final int port;
    private final BitSet seen = new BitSet();
    private volatile ServerSocketChannel server;
    private volatile boolean away;
    private long arrivals;

    Receiver() throws IOException {
        selector = Selector.open();
        server = listen(0);
        port = server.socket().getLocalPort();
        Thread thread = new Thread(this::run, "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return port;
    }

    private ServerSocketChannel listen(int on) throws IOException {
        ServerSocketChannel made = ServerSocketChannel.open();
        made.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        made.bind(new InetSocketAddress("127.0.0.1", on), 4096);
        made.configureBlocking(false);
        made.register(selector, SelectionKey.OP_ACCEPT);
        return made;
    }

    /** Is gone: who comes is refused, who was there is cut off. */
    void leave() throws InterruptedException {
        away = true;
        while (server.isOpen()) {
            selector.wakeup();
            Thread.sleep(1);
        }
    }

    /** Is there again, on the same port. */
    void comeBack() throws IOException {
        away = false;
        server = listen(port);
        selector.wakeup();
    }

    boolean isThere() {
        return !away;
    }

    private void cutOff() throws IOException {
        for (SelectionKey key : selector.keys()) {
            if (key.channel() != server) {
                key.channel().close();
            }
        }
        server.close();
        // Only now the port is free.
        selector.selectNow();
    }

    synchronized long distinct() {
        return seen.cardinality();
    }

    synchronized long arrivals() {
        return arrivals;
    }

    /** How many of those have not come. */
    synchronized long missing(BitSet wanted) {
        BitSet rest = (BitSet) wanted.clone();
        rest.andNot(seen);
        return rest.cardinality();
    }

    @Override
    public void close() throws IOException {
        server.close();
        selector.close();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::ready);
                if (away && server.isOpen()) {
                    cutOff();
                }
            }
        } catch (IOException | ClosedSelectorException closed) {
            // the end
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel channel = server.accept();
                if (channel != null) {
                    channel.configureBlocking(false);
                    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    channel.register(selector, SelectionKey.OP_READ, new Peer());
                }
            } else {
                read((SocketChannel) key.channel(), (Peer) key.attachment());
            }
        } catch (IOException gone) {
            close(key);
        }
    }

    private static void close(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException already) {
            // closed
        }
    }

    private void read(SocketChannel channel, Peer peer) throws IOException {
        int read = channel.read(ByteBuffer.wrap(peer.bytes, peer.end, peer.bytes.length - peer.end));
        if (read < 0) {
            throw new IOException("closed");
        }
        peer.end += read;
        if (peer.whole == 0) {
            head(peer);
        }
        if (peer.whole > peer.bytes.length || peer.end == peer.bytes.length && peer.whole == 0) {
            peer.bytes = Arrays.copyOf(peer.bytes, Math.max(peer.whole, peer.bytes.length * 2));
        }
        if (peer.whole > 0 && peer.end >= peer.whole) {
            note(peer);
            peer.end = 0;
            peer.whole = 0;
            ByteBuffer answer = ByteBuffer.wrap(OK);
            while (answer.hasRemaining()) {
                channel.write(answer);
            }
        }
    }

    private static void head(Peer peer) throws IOException {
        for (int i = 3; i < peer.end; i++) {
            if (peer.bytes[i] == '\n' && peer.bytes[i - 2] == '\n') {
                String head = new String(peer.bytes, 0, i, StandardCharsets.US_ASCII).toLowerCase(java.util.Locale.ROOT);
                int at = head.indexOf(LENGTH);
                if (at < 0) {
                    throw new IOException("a request without Content-Length");
                }
                int length = Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at)).trim());
                peer.bodyAt = i + 1;
                peer.whole = i + 1 + length;
                return;
            }
        }
    }

    private synchronized void note(Peer peer) {
        byte[] bytes = peer.bytes;
        byte[] mark = Events.MARK;
        int last = mark.length - 1;
        for (int i = peer.bodyAt + last; i < peer.whole; i++) {
            if (bytes[i] == '=' && Arrays.equals(bytes, i - last, i + 1, mark, 0, mark.length)) {
                int number = 0;
                for (int k = 1; k <= Events.DIGITS; k++) {
                    number = number * 10 + bytes[i + k] - '0';
                }
                seen.set(number);
                arrivals++;
                i += SHORTEST;
            }
        }
    }
}
