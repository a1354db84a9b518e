package io.github.falcogateway.host;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Sender;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Names the host of an event: the first source of names that has one. Thread-safe. */
public final class HostResolver {

    /** The longest name of the name service (RFC 1035, 2.3.4). */
    private static final int MAX_NAME = 253;

    private final List<HostSource> order;
    private final List<String> fields;
    private final HostTable table;
    private final String node;
    private final Function<String, @Nullable String> dns;

    /**
     * A resolver.
     *
     * @param order the sources in the order in which they are asked
     * @param fields the output fields of the source of that name, the first that is there
     * @param node the name of this gateway
     * @param dns the name of an address in the name service, known without waiting; null where it is not
     */
    public HostResolver(
            List<HostSource> order,
            List<String> fields,
            HostTable table,
            String node,
            Function<String, @Nullable String> dns) {
        this.order = List.copyOf(order);
        this.fields = List.copyOf(fields);
        this.table = table;
        this.node = node;
        this.dns = dns;
    }

    /** The sender of an event with the host named; every event gets a name. */
    public Provenance resolve(FalcoEvent event, Sender sender) {
        String host = node;
        HostSource from = HostSource.ADDRESS;
        for (HostSource source : order) {
            String name = ask(source, event, sender);
            if (name != null && isName(name)) {
                host = name;
                from = source;
                break;
            }
        }
        String claimed = from == HostSource.CLAIMED ? null : event.hostname();
        if (claimed == null && from != HostSource.CLAIMED && from != HostSource.HEADER) {
            claimed = sender.header();
        }
        HostTable.Host known = table.host(host, sender.origin());
        return new Provenance(
                sender.via(),
                known.name(),
                from.label(),
                claimed,
                sender.remote(),
                known.labels(),
                node,
                sender.receivedAt());
    }

    private @Nullable String ask(HostSource source, FalcoEvent event, Sender sender) {
        return switch (source) {
            case CLAIMED -> allowed(event.hostname(), sender);
            case FIELD -> allowed(field(event), sender);
            case HEADER -> allowed(sender.header(), sender);
            case CREDENTIAL -> sender.grant() == null ? null : sender.grant().host();
            case SOURCE -> sender.source();
            case JOURNAL -> allowed(sender.journal(), sender);
            case HOSTS -> table.name(sender.remote());
            case FORWARDED -> forwarded(sender.forwarded());
            case DNS -> sender.origin().isEmpty() ? null : dns.apply(sender.origin());
            case ADDRESS -> sender.remote();
        };
    }

    /** A name that the sender gives itself, where it may. */
    private static @Nullable String allowed(@Nullable String name, Sender sender) {
        return name == null || sender.mayClaim(name) ? name : null;
    }

    private @Nullable String forwarded(@Nullable String address) {
        String name = address == null ? null : table.name(address);
        return name == null ? address : name;
    }

    private @Nullable String field(FalcoEvent event) {
        for (String name : fields) {
            FieldValue value = event.field(name);
            if (value instanceof FieldValue.Text text && isName(text.text())) {
                return text.text();
            }
        }
        return null;
    }

    /** Whether a text can be a name: not empty, not endless, nothing that breaks a line; {@code <NA>} is none. */
    private static boolean isName(String text) {
        if (text.isBlank() || text.length() > MAX_NAME || text.equals("<NA>")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
