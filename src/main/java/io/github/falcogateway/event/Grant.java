package io.github.falcogateway.event;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a known sender may say of itself. Immutable.
 *
 * @param name who it is, for people
 * @param host the host it is; null where it is not bound to one
 * @param hosts the names it may claim besides
 * @param rejectMismatch whether an event is refused that claims another name; else it is relabelled
 */
public record Grant(String name, @Nullable String host, List<Pattern> hosts, boolean rejectMismatch) {

    public Grant {
        hosts = List.copyOf(hosts);
    }

    /** Whether its events may come under this name. */
    public boolean allows(String claimed) {
        return claimed.equals(host)
                || hosts.stream().anyMatch(glob -> glob.matcher(claimed).matches());
    }

    /** The names of {@code *} for any letters and {@code ?} for one. */
    public static Pattern glob(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
