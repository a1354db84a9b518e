package io.github.falcogateway.intake;

import io.github.falcogateway.codec.Origin;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.journal.Receipt;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last events that other gateways handed on, each with what became of it, so that one whose answer was lost and that
 * is sent again is kept once. The journal is their memory: after a start they are read out of it before the first such
 * event is taken. Thread-safe.
 */
final class HandedOn {

    private static final Logger LOG = LoggerFactory.getLogger(HandedOn.class);
    private static final int REMEMBERED = 100_000;
    /** A journal whose newest events came from no gateway is not read any further. */
    private static final int WITHOUT = 10_000;

    private static final Limit PAGE = Limit.of(1000);

    private final Vertx vertx;
    private final Journal journal;
    private final Promise<Void> read = Promise.promise();
    /** In the order they came: the oldest is forgotten first. */
    private final Map<Long, Future<Receipt>> seen = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Future<Receipt>> eldest) {
            return size() > REMEMBERED;
        }
    };

    HandedOn(Vertx vertx, Journal journal) {
        this.vertx = vertx;
        this.journal = journal;
    }

    /** Reads out of the journal what came before; events of other gateways wait for it. */
    void remember() {
        read(Long.MAX_VALUE, new ArrayList<>(), 0).onComplete(done -> read.complete());
    }

    /** Done once it is known what came before; on the caller's event loop. */
    Future<Void> known() {
        if (read.future().isComplete()) {
            return Future.succeededFuture();
        }
        Promise<Void> mine = ((VertxInternal) vertx).getOrCreateContext().promise();
        read.future().onComplete(mine);
        return mine.future();
    }

    /** What became of the first delivery; null where this is the first, which is now the caller's to append. */
    @Nullable
    Future<Receipt> first(long key, Future<Receipt> mine) {
        synchronized (seen) {
            return seen.putIfAbsent(key, mine);
        }
    }

    /** The append failed: the event is to be taken when it comes again. */
    void forget(long key) {
        synchronized (seen) {
            seen.remove(key);
        }
    }

    /** What makes two deliveries one event; the host is in it, so that no sender can answer for another's. */
    static long key(Origin origin, String host) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(host, origin.node(), origin.id(), origin.receivedAt())) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException noJdk) {
            throw new IllegalStateException("every JDK has SHA-256", noJdk);
        }
    }

    private Future<Void> read(long before, List<Long> keys, int looked) {
        return journal.readBefore(before, PAGE).compose(page -> {
            page.forEach(event -> add(event, keys));
            boolean enough = keys.size() >= REMEMBERED || keys.isEmpty() && looked + page.size() >= WITHOUT;
            if (!page.isEmpty() && !enough && looked < 2 * REMEMBERED) {
                return read(page.get(page.size() - 1).id(), keys, looked + page.size());
            }
            Future<Receipt> kept = Future.succeededFuture(new Receipt(0, 0, true));
            synchronized (seen) {
                for (int i = keys.size() - 1; i >= 0; i--) {
                    seen.put(keys.get(i), kept);
                }
            }
            if (!keys.isEmpty()) {
                LOG.info("{} events of other gateways are known and not taken twice", keys.size());
            }
            return Future.succeededFuture();
        });
    }

    private static void add(JournaledEvent event, List<Long> keys) {
        Origin origin = Origin.ofKept(event.json());
        if (origin != null) {
            keys.add(key(origin, event.event().host()));
        }
    }
}
