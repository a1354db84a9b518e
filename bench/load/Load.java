import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends events over kept connections, one under way on each, as Falco does. Closed loop: the next event when the answer is
 * there. Open loop: each event is due at its time, whatever the server does, and its latency counts from then. Used once;
 * its lock guards what the pacing thread and the reading one share.
 */
final class Load {

    private static final long GRACE_NANOS = 10_000_000_000L;
    /** An event that is due at the very end of an open loop may still be sent so much later. */
    private static final long SENDING_NANOS = 200_000_000L;

    /** What came of a load; {@code late} events were due and not even sent at its end, their waiting so far is in the latencies. */
    record Result(long sent, long answered, long refused, long cut, long late, double seconds, Latencies latencies) {

        double perSecond() {
            return answered / seconds;
        }
    }

    private final Target target;
    private final Latencies latencies = new Latencies();
    private final List<Client> clients = new ArrayList<>();
    private final Deque<Client> idle = new ArrayDeque<>();
    private long sent;
    private long answered;
    private long refused;
    private long cut;
    private long flying;
    private int alive;
    private long begin;
    private long end;
    private long last;
    private double interval;
    private long due;
    private long total;

    private Load(Target target) {
        this.target = target;
    }

    static Result closed(Target target, int connections, double seconds) throws Exception {
        Load load = new Load(target);
        load.total = Long.MAX_VALUE;
        return load.run(connections, (long) (seconds * 1e9));
    }

    static Result open(Target target, int connections, int rate, double seconds) throws Exception {
        Load load = new Load(target);
        load.interval = 1e9 / rate;
        load.total = (long) (rate * seconds);
        return load.run(connections, (long) (seconds * 1e9));
    }

    private Result run(int connections, long nanos) throws Exception {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                Client client = new Client(target.port());
                client.channel.register(selector, SelectionKey.OP_READ, client);
                clients.add(client);
                idle.add(client);
            }
            alive = connections;
            begin = System.nanoTime();
            end = begin + nanos + (interval == 0 ? 0 : SENDING_NANOS);
            last = begin + nanos;
            Thread pacing = new Thread(this::pace, "pacing");
            pacing.start();
            read(selector);
            pacing.join();
            return result();
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }

    private Result result() {
        long now = System.nanoTime();
        cut += flying;
        long late = 0;
        for (; total != Long.MAX_VALUE && due < total && alive > 0; due++, late++) {
            latencies.record(now - dueAt(due));
        }
        return new Result(sent, answered, refused, cut, late, (last - begin) / 1e9, latencies);
    }

    private long dueAt(long index) {
        return begin + (long) (index * interval);
    }

    /** Sends what is due over connections that wait for nothing. The closed loop is begun by it alone. */
    private void pace() {
        while (System.nanoTime() < end) {
            long wait;
            synchronized (this) {
                while (!idle.isEmpty() && isDue()) {
                    next(idle.poll());
                }
                if (interval == 0 || due >= total || alive == 0) {
                    return;
                }
                wait = idle.isEmpty() ? 1_000_000 : dueAt(due) - System.nanoTime();
            }
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
        }
    }

    private boolean isDue() {
        long now = System.nanoTime();
        return due < total && now < end && (interval == 0 || dueAt(due) <= now);
    }

    private void next(Client client) {
        long since = interval == 0 ? System.nanoTime() : dueAt(due);
        due++;
        sent++;
        flying++;
        if (!client.send(target.events(), target.nextNumber(), since)) {
            gone(client);
        }
    }

    private void read(Selector selector) throws IOException {
        while (true) {
            selector.select(key -> took((Client) key.attachment()), 20);
            long now = System.nanoTime();
            synchronized (this) {
                boolean over = now >= end || due >= total;
                if (alive == 0 || over && flying == 0 || now > end + GRACE_NANOS) {
                    return;
                }
            }
        }
    }

    private void took(Client client) {
        int status = client.answer();
        if (status == 0) {
            return;
        }
        long now = System.nanoTime();
        synchronized (this) {
            if (status < 0) {
                gone(client);
                return;
            }
            flying--;
            last = Math.max(last, now);
            latencies.record(now - client.due);
            if (status == 200) {
                answered++;
                target.answered(client.number);
            } else {
                refused++;
            }
            if (isDue()) {
                next(client);
            } else {
                idle.add(client);
            }
        }
    }

    private void gone(Client client) {
        if (!client.channel.isOpen()) {
            return;
        }
        if (client.waits) {
            flying--;
            cut++;
            client.waits = false;
        }
        idle.remove(client);
        alive--;
        try {
            client.close();
        } catch (IOException already) {
            // closed
        }
    }
}
