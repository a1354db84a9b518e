import io.github.falcogateway.codec.Decoded;
import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.KeptForm;
import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Sender;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.host.HostResolver;
import io.github.falcogateway.host.HostSource;
import io.github.falcogateway.host.HostTable;
import java.time.Instant;
import java.util.List;

/** Whatever is sent is an event or a rejection, and an event that is kept is read again as the same one. */
public final class Events {

    private static final EventDecoder DECODER = new EventDecoder(1000);
    private static final HostResolver HOSTS =
            new HostResolver(List.of(HostSource.values()), List.of("evt.hostname"), new HostTable(List.of()), "node", address -> null);
    private static final KeptReader READER = new KeptReader();

    private Events() {}

    public static void fuzzerTestOneInput(byte[] body) {
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        Decoded decoded = DECODER.decode(body, now);
        for (DecodedEvent event : decoded.events()) {
            Sender sender = Sender.at(Via.HTTP, "127.0.0.1", now);
            JournaledEvent kept =
                    new KeptForm().of(event, HOSTS.resolve(event.event(), sender)).keep(7);
            JournaledEvent again = READER.read(7, kept.json());
            if (!again.event().rule().equals(kept.event().rule())
                    || !again.event().host().equals(kept.event().host())
                    || !again.event().fields().equals(kept.event().fields())
                    || KeptReader.id(kept.json()) != 7) {
                throw new AssertionError("what was kept is read as another event");
            }
        }
    }
}
