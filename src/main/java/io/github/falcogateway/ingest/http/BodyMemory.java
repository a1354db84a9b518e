package io.github.falcogateway.ingest.http;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all bodies together may hold of the memory. Beyond it the largest one that is still coming is given up: an event
 * of Falco's, a thousand times smaller, never is. Bodies that come at once and are small are not counted. Thread-safe.
 */
final class BodyMemory {

    private static final int SHARE_OF_HEAP = 16;

    private final long most;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong goingAway = new AtomicLong();
    private final Set<BodyCollector> coming = ConcurrentHashMap.newKeySet();

    /**
     * A memory.
     *
     * @param body the most bytes of one body
     */
    BodyMemory(int body) {
        most = Math.max(2L * body, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    void coming(BodyCollector body) {
        coming.add(body);
    }

    void arrived(BodyCollector body) {
        coming.remove(body);
    }

    void hold(long bytes) {
        if (held.addAndGet(bytes) > most) {
            makeRoom();
        }
    }

    /** What is chosen counts as gone: it is, as soon as its event loop comes round. */
    private synchronized void makeRoom() {
        long over = held.get() - goingAway.get() - most;
        while (over > 0) {
            BodyCollector largest = coming.stream()
                    .max(Comparator.comparingLong(BodyCollector::held))
                    .orElse(null);
            if (largest == null) {
                return;
            }
            coming.remove(largest);
            long leaves = largest.held();
            goingAway.addAndGet(leaves);
            over -= leaves;
            largest.giveUp(() -> goingAway.addAndGet(-leaves));
        }
    }

    void release(long bytes) {
        held.addAndGet(-bytes);
    }
}
