package io.github.falcogateway.sink.file;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a file sink is told. Immutable.
 *
 * @param path the file
 * @param rotateSize a new file begins at this many bytes; 0 for never
 * @param rotateEvery a new file begins at each multiple of this in UTC; zero for never
 * @param keep how many old files are kept
 * @param compress whether old files are compressed
 */
public record FileOptions(Path path, long rotateSize, Duration rotateEvery, int keep, boolean compress) {

    /** 100 MiB, a day, 14 files, compressed. */
    public static FileOptions at(Path path) {
        return new FileOptions(path, 100L << 20, Duration.ofDays(1), 14, true);
    }
}
