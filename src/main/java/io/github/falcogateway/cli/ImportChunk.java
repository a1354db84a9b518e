package io.github.falcogateway.cli;

import io.github.falcogateway.codec.JournalLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some lines' events on their way to the gateway, those of one host in one lane. Confined to one thread. */
final class ImportChunk {

    /** Many, since a merged journal has many hosts and each one's events go by themselves: few a request would take long. */
    private static final int EVENTS = 20_000;

    private static final int BYTES = 16 << 20;

    /**
     * What goes one after the other.
     *
     * @param host the host that the requests name
     * @param number events of one host that name it themselves are in one of {@value #SIDE_BY_SIDE} lanes
     */
    record Lane(String host, int number) {

        static final int SIDE_BY_SIDE = 4;

        private static Lane of(JournalLine line, String otherwise) {
            String claimed = line.claimed();
            return new Lane(
                    line.host() == null ? otherwise : line.host(),
                    claimed == null ? 0 : Math.floorMod(claimed.hashCode(), SIDE_BY_SIDE));
        }
    }

    private final Map<Lane, List<String>> lanes = new LinkedHashMap<>();
    private final long fromLine;
    private long toLine;
    private int events;
    private long bytes;

    /**
     * An empty chunk.
     *
     * @param fromLine the lines before it
     */
    ImportChunk(long fromLine) {
        this.fromLine = fromLine;
        this.toLine = fromLine;
    }

    void add(JournalLine line, String otherwise) {
        lanes.computeIfAbsent(Lane.of(line, otherwise), first -> new ArrayList<>())
                .add(line.event());
        events++;
        bytes += line.event().length();
    }

    /** Takes note of the lines it covers, those that are no events too. */
    void covers(long line) {
        toLine = line;
    }

    boolean isFull() {
        return events >= EVENTS || bytes >= BYTES;
    }

    boolean isEmpty() {
        return events == 0;
    }

    long fromLine() {
        return fromLine;
    }

    long toLine() {
        return toLine;
    }

    /** The events of each lane in their order. */
    Map<Lane, List<String>> lanes() {
        return lanes;
    }
}
