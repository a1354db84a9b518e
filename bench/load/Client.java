import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One kept connection with at most one request under way. Confined to whoever holds it. */
final class Client {

    private static final int LOWER = 0x20;
    private static final byte[] LENGTH = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h', ':'};

    final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(8192);
    private final byte[] in = new byte[8192];
    private final ByteBuffer into = ByteBuffer.wrap(in);
    long due;
    int number;
    boolean waits;

    Client(int port) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
    }

    /** Sends the event of that number, which was due then. False where the server is gone. */
    boolean send(Events events, int next, long dueAt) {
        due = dueAt;
        number = next;
        waits = true;
        events.request(next, out);
        try {
            while (out.hasRemaining()) {
                channel.write(out);
            }
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** The status of a whole answer, 0 while it is not whole, -1 where the connection ended. */
    int answer() {
        try {
            if (channel.read(into) < 0) {
                return -1;
            }
        } catch (IOException gone) {
            return -1;
        }
        int status = whole(into.position());
        if (status > 0) {
            waits = false;
            into.clear();
        }
        return status;
    }

    void close() throws IOException {
        channel.close();
    }

    private int whole(int end) {
        for (int i = 3; i < end; i++) {
            if (in[i] == '\n' && in[i - 2] == '\n' && i + 1 + length(i) <= end) {
                return (in[9] - '0') * 100 + (in[10] - '0') * 10 + in[11] - '0';
            }
        }
        return 0;
    }

    private int length(int end) {
        for (int i = 0; i < end - LENGTH.length; i++) {
            if (in[i] == '\n' && matches(i + 1)) {
                return number(i + 1 + LENGTH.length);
            }
        }
        return 0;
    }

    private boolean matches(int at) {
        for (int k = 0; k < LENGTH.length; k++) {
            if ((in[at + k] | LOWER) != (LENGTH[k] | LOWER)) {
                return false;
            }
        }
        return true;
    }

    private int number(int at) {
        int value = 0;
        for (int i = at; in[i] != '\r'; i++) {
            value = in[i] == ' ' ? value : value * 10 + in[i] - '0';
        }
        return value;
    }
}
