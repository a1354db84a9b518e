import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.filter.Definitions;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.filter.FilterException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Whatever is written as a condition is one or is refused with its place, and a condition answers for any event. */
public final class Conditions {

    private static final FalcoEvent EVENT = new EventDecoder(1)
            .decode(
                    ("{\"rule\":\"a\",\"priority\":\"Error\",\"output_fields\":{\"proc.name\":\"nginx\",\"fd.sport\":80,"
                                    + "\"fd.sip\":\"10.0.0.1\",\"a.list\":[1,\"b\"],\"proc.exepath\":\"/usr/bin/x\"}}")
                            .getBytes(StandardCharsets.UTF_8),
                    Instant.EPOCH)
            .events()
            .get(0)
            .event();

    private Conditions() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            Filter filter = Filter.compile(text, Definitions.none());
            if (filter.test(EVENT) == filter.explain(EVENT).isPresent()) {
                throw new AssertionError("explain and test disagree");
            }
        } catch (FilterException refused) {
            if (refused.at() < 0 || refused.at() > text.length()) {
                throw new AssertionError("the place is outside the text", refused);
            }
        }
    }
}
