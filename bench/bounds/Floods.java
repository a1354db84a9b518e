import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Attacks that come again and again: requests, connections, names. */
final class Floods {

    private Floods() {}

    /** Some senders send these over and over, each on a connection of its own. */
    static long of(int port, long end, int senders, List<byte[]> requests) throws Exception {
        long[] did = new long[senders];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            int sender = i;
            Thread thread = new Thread(() -> {
                while (System.nanoTime() < end) {
                    try (Socket socket = new Socket("127.0.0.1", port)) {
                        socket.setSoTimeout(5_000);
                        socket.getOutputStream().write(requests.get((int) (did[sender]++ % requests.size())));
                        HttpAnswer.read(socket.getInputStream());
                    } catch (IOException refused) {
                        // It may be cut off: that is what is asked for.
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return Arrays.stream(did).sum();
    }

    static long churn(int port, long end) throws Exception {
        long did = 0;
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoLinger(true, 0);
                did++;
            }
            Thread.sleep(1);
        }
        return did;
    }

    static long newNames(int port, long end) throws Exception {
        long did = 0;
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(20_000);
                for (int i = 0; i < 100 && System.nanoTime() < end; i++) {
                    String name = did++ + "-" + "n".repeat(200);
                    String event = "{\"rule\":\"" + name + "\",\"priority\":\"Error\",\"hostname\":\"" + name + "\",\"tags\":[\"" + name
                            + "\"],\"output_fields\":{\"" + name + "\":\"" + name + "\"}}";
                    socket.getOutputStream().write(Request.post(event));
                    HttpAnswer.read(socket.getInputStream());
                }
            }
        }
        return did;
    }
}
