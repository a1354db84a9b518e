package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers senders from 0 on, as outlines have them, equal ones alike. There may be a hundred thousand: one is an object
 * and its name, and to look it up makes none. Thread-safe.
 */
final class OutlineSenders {

    /** Books share one with fewer: the same machines send as long as the gateway runs. */
    private static final int FULL = 200_000;

    private Provenance[] all = new Provenance[64];
    /** By host, each number and one. */
    private final NumberSlots slots = new NumberSlots(all.length);

    private int size;
    private long characters;
    private final Map<Map<String, String>, Map<String, String>> labels = new HashMap<>();

    /** The number of an event's sender. */
    synchronized int number(FalcoEvent event) {
        Provenance sender = event.provenance();
        String host = event.host();
        int at = slots.first(hash(host));
        for (; slots.at(at) != 0; at = slots.next(at)) {
            if (is(slots.at(at) - 1, host, sender)) {
                return slots.at(at) - 1;
            }
        }
        if (size == all.length) {
            all = Arrays.copyOf(all, 2 * all.length);
            slots.grow(all.length, size, number -> hash(all[number - 1].host()));
            return number(event);
        }
        all[size] = sender == null
                ? made(Via.HTTP, host, "", Map.of())
                : made(sender.via(), host, sender.hostFrom(), labels.computeIfAbsent(sender.labels(), this::counted));
        characters += host.length();
        slots.put(at, ++size);
        return size - 1;
    }

    /** Whether the sender of this number is the one of an event with that host. */
    synchronized boolean is(int number, FalcoEvent event) {
        return is(number, event.host(), event.provenance());
    }

    synchronized Provenance get(int number) {
        return all[number];
    }

    synchronized int size() {
        return size;
    }

    /** How long the texts of all are together. */
    synchronized long characters() {
        return characters;
    }

    synchronized boolean isFull() {
        return size >= FULL || characters >= OutlineBook.ROOM / 2;
    }

    private Map<String, String> counted(Map<String, String> fresh) {
        characters += OutlineBook.length(fresh.keySet()) + OutlineBook.length(fresh.values());
        return fresh;
    }

    private boolean is(int number, String host, @Nullable Provenance sender) {
        Provenance known = all[number];
        if (!known.host().equals(host)) {
            return false;
        }
        return sender == null
                ? known.via() == Via.HTTP
                        && known.hostFrom().isEmpty()
                        && known.labels().isEmpty()
                : known.via() == sender.via()
                        && known.hostFrom().equals(sender.hostFrom())
                        && known.labels().equals(sender.labels());
    }

    private static Provenance made(Via via, String host, String hostFrom, Map<String, String> labels) {
        return new Provenance(via, host, hostFrom, null, "", labels, "", Instant.EPOCH);
    }

    private static int hash(String host) {
        int hash = host.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
