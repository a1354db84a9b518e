package io.github.falcogateway.sink;

import io.github.falcogateway.journal.DeadLetter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dead letters that are to be sent again, each once however often it was asked. Confined to one event loop. */
final class Revival {

    private final Map<Long, DeadLetter> waiting = new LinkedHashMap<>();

    void put(List<DeadLetter> letters) {
        letters.forEach(letter -> waiting.putIfAbsent(letter.event().id(), letter));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    List<DeadLetter> next(int max) {
        return waiting.values().stream().limit(max).toList();
    }

    void done(int count) {
        next(count).forEach(letter -> waiting.remove(letter.event().id()));
    }
}
