package io.github.falcogateway.journal;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a journal keeps events. Immutable.
 *
 * @param path its folder
 * @param syncInterval null: synced before the answer; else written before it and synced this often
 * @param degrade whether memory holds events while the disk refuses; else they are refused
 * @param memoryBytes the most bytes that memory holds then
 * @param keepFor events older than this go, once every sink has had them
 * @param keepBytes the most bytes on disk; the oldest segment goes even if a sink has not had it
 * @param segmentBytes a segment is closed at this size
 * @param segmentAge a segment is closed at this age
 */
public record JournalOptions(
        Path path,
        @Nullable Duration syncInterval,
        boolean degrade,
        long memoryBytes,
        Duration keepFor,
        long keepBytes,
        long segmentBytes,
        Duration segmentAge) {

    private static final long MIB = 1024 * 1024;

    /** Synced before the answer, degrading, 64 MiB of memory, 30 days, 10 GiB, segments of 256 MiB or a day. */
    public static JournalOptions at(Path path) {
        return new JournalOptions(
                path, null, true, 64 * MIB, Duration.ofDays(30), 10 * 1024 * MIB, 256 * MIB, Duration.ofDays(1));
    }
}
