import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What a file sink wrote, old files included. */
final class Lines {

    final Set<Long> numbers = new HashSet<>();
    long twice;
    long torn;

    static Lines in(Path folder) throws IOException {
        Lines lines = new Lines();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().matches("events.*\\.ndjson(\\.gz)?")).toList();
        }
        for (Path file : files) {
            // A plain file beside its compressed one is what a crash in between left: the next start takes it away.
            if (file.toString().endsWith(".gz") && Files.exists(Path.of(file.toString().replaceAll("\\.gz$", "")))) {
                continue;
            }
            try (InputStream raw = Files.newInputStream(file);
                    InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
                lines.read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
            }
        }
        return lines;
    }

    private void read(BufferedReader reader) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            Matcher number = FaultyReceiver.NUMBER.matcher(line);
            if (!number.find() || !line.endsWith("}")) {
                torn++;
            } else if (!numbers.add(Long.parseLong(number.group(1)))) {
                twice++;
            }
        }
    }
}
