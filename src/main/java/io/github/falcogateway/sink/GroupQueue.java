package io.github.falcogateway.sink;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Groups by when they are due, a binary heap: each group knows its place in it and is there once, so that what moves
 * leaves nothing behind. Confined to one event loop.
 */
final class GroupQueue {

    /** What a group has for a place that is in no queue. */
    static final int NOWHERE = -1;

    private @Nullable Group[] heap = new Group[64];
    /** When each is due, in microseconds. */
    private long[] due = new long[heap.length];

    private int size;

    /** Puts a group where it belongs by when it is due now. */
    void put(Group group) {
        int at = group.queued();
        if (at == NOWHERE) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
                due = Arrays.copyOf(due, 2 * size);
            }
            at = size++;
        }
        move(group, Micros.of(group.due()), at);
    }

    void remove(Group group) {
        int at = group.queued();
        if (at == NOWHERE) {
            return;
        }
        group.queued(NOWHERE);
        size--;
        Group last = heap[size];
        heap[size] = null;
        if (last != null && at < size) {
            move(last, due[size], at);
        }
    }

    /** Takes out the group that is due first, of those that are due at once the first by name; null where none is yet. */
    @Nullable
    Group poll(Instant now) {
        Group first = heap[0];
        // Microseconds are enough to order them, but none is taken out before it is due.
        if (first == null || first.due().isAfter(now)) {
            return null;
        }
        remove(first);
        return first;
    }

    /** Puts a group in where a place is free, or further up or down. */
    private void move(Group group, long when, int free) {
        int at = free;
        while (at > 0 && isBefore(group, when, (at - 1) / 2)) {
            set(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
        for (int child = lesserChild(at); child < size && !isBefore(group, when, child); child = lesserChild(at)) {
            set(at, child);
            at = child;
        }
        set(at, group, when);
    }

    private int lesserChild(int parent) {
        int left = 2 * parent + 1;
        Group right = left + 1 < size ? heap[left + 1] : null;
        return right != null && isBefore(right, due[left + 1], left) ? left + 1 : left;
    }

    private boolean isBefore(Group group, long when, int place) {
        if (when != due[place]) {
            return when < due[place];
        }
        Group other = heap[place];
        return other == null || group.key().compareTo(other.key()) < 0;
    }

    private void set(int to, int from) {
        Group moved = heap[from];
        if (moved != null) {
            set(to, moved, due[from]);
        }
    }

    private void set(int to, Group group, long when) {
        heap[to] = group;
        due[to] = when;
        group.queued(to);
    }
}
