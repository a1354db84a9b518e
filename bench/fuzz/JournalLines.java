import io.github.falcogateway.codec.JournalLine;
import java.nio.charset.StandardCharsets;

/** Whatever stands in a journal's dump is an event's line or none. */
public final class JournalLines {

    private JournalLines() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
            JournalLine read = JournalLine.of(line);
            if (read != null && !read.event().contains("{")) {
                throw new AssertionError("a line without an object is no event");
            }
        }
    }
}
