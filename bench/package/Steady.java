import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Senders that go on until a file appears, each event with a number of its own: half of them keep their connection as Falco
 * does, the others open one for each event. Says how many were answered, refused and cut off; the answered ones' names go
 * into a file. Steady PORT STOP-FILE ANSWERED-FILE
 */
public final class Steady {

    private static final int SENDERS = 8;
    private static final AtomicInteger REFUSED = new AtomicInteger();
    private static final AtomicInteger CUT = new AtomicInteger();
    private static final AtomicInteger OTHER = new AtomicInteger();
    private static final ConcurrentLinkedQueue<String> ANSWERED = new ConcurrentLinkedQueue<>();

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        Path stop = Path.of(args[1]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            threads.add(new Thread(() -> send(port, stop, sender)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        Files.write(Path.of(args[2]), ANSWERED);
        System.out.printf(
                "{\"answered\":%d,\"refused\":%d,\"cut\":%d,\"other\":%d}%n", ANSWERED.size(), REFUSED.get(), CUT.get(), OTHER.get());
    }

    private static void send(int port, Path stop, int sender) {
        Socket kept = null;
        for (int i = 0; !Files.exists(stop); i++) {
            String name = "steady-" + sender + "-" + i;
            try {
                Socket socket = kept == null ? new Socket("127.0.0.1", port) : kept;
                socket.setSoTimeout(60_000);
                boolean again = ask(socket, name);
                kept = again && sender % 2 == 0 ? socket : null;
                if (kept == null) {
                    socket.close();
                }
                Thread.sleep(5);
            } catch (ConnectException refused) {
                REFUSED.incrementAndGet();
                kept = null;
            } catch (IOException cutOff) {
                CUT.incrementAndGet();
                kept = null;
            } catch (InterruptedException never) {
                return;
            }
        }
    }

    /** Whether the connection may be used again. */
    private static boolean ask(Socket socket, String name) throws IOException {
        String body = "{\"rule\":\"" + name + "\",\"priority\":\"Debug\",\"output\":\"steady\"}";
        socket.getOutputStream()
                .write(("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        String answer = HttpAnswer.read(socket.getInputStream());
        if (answer.startsWith("HTTP/1.1 200")) {
            ANSWERED.add(name);
        } else {
            OTHER.incrementAndGet();
        }
        return !answer.toLowerCase(java.util.Locale.ROOT).contains("connection: close");
    }
}
