package io.github.falcogateway.sink;

import java.util.ArrayList;
import java.util.List;

/** Places in the journal, those that follow on each other as one range. Confined to one event loop. */
final class Ids {

    private static final int MOST = 300;

    private final List<String> done = new ArrayList<>();
    private long from = -1;
    private long to = -1;

    void add(long id) {
        if (done.size() >= MOST) {
            return;
        }
        if (from >= 0 && id == to + 1) {
            to = id;
            return;
        }
        end();
        from = id;
        to = id;
    }

    void add(List<String> ranges) {
        if (done.size() < MOST) {
            end();
            from = -1;
            done.addAll(ranges);
        }
    }

    void clear() {
        done.clear();
        from = -1;
        to = -1;
    }

    List<String> ranges() {
        List<String> all = new ArrayList<>(done);
        if (from >= 0) {
            all.add(text());
        }
        return all;
    }

    private void end() {
        if (from >= 0) {
            done.add(text());
        }
    }

    private String text() {
        return from == to ? Long.toString(from) : from + "-" + to;
    }
}
