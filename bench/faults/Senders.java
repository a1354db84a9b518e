import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Sends numbered events, each after the answer to the one before, and remembers which were answered. */
final class Senders {

    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Answered 200 or 202. */
    final Set<Long> answered = ConcurrentHashMap.newKeySet();
    /** Of those, the ones that only memory held when they were answered. */
    final Set<Long> inMemory = ConcurrentHashMap.newKeySet();

    final AtomicLong refused = new AtomicLong();
    final AtomicLong cut = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final int least;
    private volatile boolean going;

    Senders() {
        this(0);
    }

    /** Senders whose events have outputs of at least so many bytes. */
    Senders(int least) {
        this.least = least;
    }

    void start(int port, int count) {
        going = true;
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> {
                while (going) {
                    send(client, port);
                }
            });
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    void stop() throws InterruptedException {
        going = false;
        for (Thread thread : threads) {
            thread.join(60_000);
        }
        threads.clear();
    }

    void send(int port, int events) {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = 0; i < events; i++) {
            send(client, port);
        }
    }

    private void send(HttpClient client, int port) {
        long n = NUMBERS.incrementAndGet();
        String event = "{\"rule\":\"rule " + n % 7 + "\",\"priority\":\"Error\",\"n\":" + n + ",\"output\":\""
                + "x".repeat(least + (int) (n % 600)) + "\"}";
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        try {
            int status = client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status == 200 || status == 202) {
                answered.add(n);
            }
            if (status == 202) {
                inMemory.add(n);
            }
        } catch (ConnectException nobody) {
            refused.incrementAndGet();
            pause();
        } catch (IOException reset) {
            cut.incrementAndGet();
        } catch (InterruptedException ending) {
            going = false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
