import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An HTTP receiver that fails as told; of an event a request, but where all is well of batches too. */
final class FaultyReceiver implements AutoCloseable {

    enum Mode {
        OK, UNAVAILABLE, HANG, RESET, DRIP, HALF, DIE, REFUSE_SOME
    }

    /** What a client sends first that wants TLS. */
    private static final char TLS_RECORD = 0x16;

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    /** Where the events of {@link Senders} have their numbers. */
    static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

    /** Answered 200 as a whole. */
    final Set<Long> taken = ConcurrentHashMap.newKeySet();

    final Set<Long> refused = ConcurrentHashMap.newKeySet();
    final AtomicLong twice = new AtomicLong();
    /** Bytes of the largest body. */
    final AtomicLong largest = new AtomicLong();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    volatile Mode mode = Mode.OK;
    /** What it proves to be; null where it speaks without TLS. */
    volatile SSLContext tls;
    private ServerSocket server;
    private final int port;

    FaultyReceiver() throws IOException {
        server = listen(0);
        port = server.getLocalPort();
        accept(server);
    }

    int port() {
        return port;
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 100, InetAddress.getLoopbackAddress());
    }

    /** Ends the connections that are open: who comes again meets it as it is now. */
    void hangUp() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    private void accept(ServerSocket from) {
        Thread acceptor = new Thread(() -> {
            while (!from.isClosed()) {
                try {
                    Socket client = from.accept();
                    Thread serving = new Thread(() -> serve(client));
                    serving.setDaemon(true);
                    serving.start();
                } catch (IOException closed) {
                    return;
                }
            }
        });
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void serve(Socket plain) {
        clients.add(plain);
        try (Socket client = secured(plain)) {
            client.setTcpNoDelay(true);
            while (answer(client)) {
                // the next request
            }
        } catch (IOException | InterruptedException cut) {
            // the gateway closed it, or we did
        } finally {
            clients.remove(plain);
        }
    }

    private Socket secured(Socket plain) throws IOException {
        SSLContext mine = tls;
        if (mine == null) {
            return plain;
        }
        SSLSocket secured = (SSLSocket) mine.getSocketFactory().createSocket(plain, "localhost", port, true);
        secured.setUseClientMode(false);
        return secured;
    }

    private boolean answer(Socket client) throws IOException, InterruptedException {
        InputStream in = client.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return false;
            }
            head.append((char) c);
            if (head.charAt(0) == TLS_RECORD) {
                return write(client, "HTTP/1.1 400 no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") && false;
            }
        }
        Matcher length = LENGTH.matcher(head);
        String body = length.find()
                ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                : "";
        largest.accumulateAndGet(body.length(), Math::max);
        List<Long> numbers = NUMBER.matcher(body).results().map(n -> Long.parseLong(n.group(1))).toList();
        return answer(client, numbers);
    }

    private boolean answer(Socket client, List<Long> numbers) throws IOException, InterruptedException {
        long n = numbers.isEmpty() ? 0 : numbers.get(0);
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        switch (mode) {
            case OK -> {
                numbers.forEach(this::take);
                return write(client, ok);
            }
            case UNAVAILABLE -> {
                return write(client, "HTTP/1.1 503 no\r\nContent-Length: 0\r\n\r\n");
            }
            case REFUSE_SOME -> {
                if (n % 5 == 0) {
                    refused.add(n);
                    return write(client, "HTTP/1.1 400 no\r\nContent-Length: 0\r\n\r\n");
                }
                take(n);
                return write(client, ok);
            }
            case HANG -> Thread.sleep(60_000);
            case RESET -> client.setSoLinger(true, 0);
            case DRIP -> {
                for (char c : ok.toCharArray()) {
                    write(client, String.valueOf(c));
                    Thread.sleep(200);
                }
            }
            case HALF -> write(client, "HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\nhalf");
            case DIE -> {
                take(n);
                write(client, ok);
                away();
            }
        }
        return false;
    }

    /** Answers 200, then is gone for a while. */
    private synchronized void away() throws IOException, InterruptedException {
        if (server.isClosed()) {
            return;
        }
        server.close();
        Thread.sleep(50);
        server = listen(port);
        accept(server);
    }

    private void take(long n) {
        if (n > 0 && !taken.add(n)) {
            twice.incrementAndGet();
        }
    }

    private static boolean write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
