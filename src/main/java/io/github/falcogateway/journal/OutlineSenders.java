package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers senders from 0 on, as outlines have them, equal ones alike. There may be a hundred thousand: one is a name and
 * the number of what it has in common with others, and to look it up makes no object. Thread-safe.
 */
final class OutlineSenders {

    /** What a sender has beside its name. */
    private record Manner(Via via, String hostFrom, Map<String, String> labels) {

        boolean isOf(@Nullable Provenance sender) {
            return sender == null
                    ? via == Via.HTTP && hostFrom.isEmpty() && labels.isEmpty()
                    : via == sender.via() && hostFrom.equals(sender.hostFrom()) && labels.equals(sender.labels());
        }

        static Manner of(@Nullable Provenance sender) {
            return sender == null
                    ? new Manner(Via.HTTP, "", Map.of())
                    : new Manner(sender.via(), sender.hostFrom(), sender.labels());
        }
    }

    /** Books share one with fewer: the same machines send as long as the gateway runs. */
    private static final int FULL = 200_000;

    private String[] hosts = new String[64];
    /** By sender the number of its manner. */
    private int[] mannerOf = new int[hosts.length];
    /** By host, each number and one. */
    private final NumberSlots slots = new NumberSlots();

    private int size;
    private long characters;
    private final Map<Manner, Integer> numbers = new HashMap<>();
    private final List<Manner> manners = new ArrayList<>();

    /** The number of an event's sender. */
    synchronized int number(FalcoEvent event) {
        Provenance sender = event.provenance();
        String host = event.host();
        int hash = hash(host);
        int at = slots.first(hash);
        for (; slots.isTaken(at); at = slots.next(at)) {
            if (slots.isOf(at, hash) && is(slots.at(at) - 1, host, sender)) {
                return slots.at(at) - 1;
            }
        }
        if (size == hosts.length) {
            hosts = Arrays.copyOf(hosts, 2 * size);
            mannerOf = Arrays.copyOf(mannerOf, 2 * size);
        }
        hosts[size] = host;
        mannerOf[size] = numbers.computeIfAbsent(Manner.of(sender), this::added);
        characters += host.length();
        slots.put(at, hash, ++size);
        return size - 1;
    }

    /** Whether the sender of this number is the one of an event with that host. */
    synchronized boolean is(int number, FalcoEvent event) {
        return is(number, event.host(), event.provenance());
    }

    synchronized Provenance get(int number) {
        Manner manner = manners.get(mannerOf[number]);
        return new Provenance(
                manner.via(), hosts[number], manner.hostFrom(), null, "", manner.labels(), "", Instant.EPOCH);
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

    private int added(Manner manner) {
        characters += OutlineBook.length(manner.labels().keySet())
                + OutlineBook.length(manner.labels().values());
        manners.add(manner);
        return manners.size() - 1;
    }

    private boolean is(int number, String host, @Nullable Provenance sender) {
        return hosts[number].equals(host) && manners.get(mannerOf[number]).isOf(sender);
    }

    private static int hash(String host) {
        int hash = host.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
