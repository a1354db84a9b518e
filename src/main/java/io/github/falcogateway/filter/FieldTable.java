package io.github.falcogateway.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The fields of Falco and its plugins with what their values are. Others may come from any sender; nothing is known of
 * them.
 *
 * @see <a href="https://falco.org/docs/reference/rules/supported-fields/">Falco: supported fields</a>
 */
final class FieldTable {

    private static final int SHORT = 3;
    private static final String FILE = "fields.txt";
    /** What follows is a name that somebody chose. */
    private static final List<String> OPEN =
            List.of("evt.arg.", "evt.rawarg.", "json.", "label.", "container.label.", "k8s.pod.label.");

    private static final Map<String, Kind> KINDS = read();
    private static final List<String> NAMES = names();

    private FieldTable() {}

    /** What the values of an output field are. */
    static Kind kind(String field) {
        int bracket = field.indexOf('[');
        return KINDS.getOrDefault(bracket < 0 ? field : field.substring(0, bracket), Kind.ANY);
    }

    /**
     * The field that was meant by a name which is none and differs from one by a letter; empty where the name may be a
     * sender's own.
     */
    static String meant(String field) {
        int bracket = field.indexOf('[');
        String name = bracket < 0 ? field : field.substring(0, bracket);
        boolean known = KINDS.containsKey(name) || !Fields.ownName(name).isEmpty();
        if (known || OPEN.stream().anyMatch(name::startsWith)) {
            return "";
        }
        if (name.startsWith("labels.")) {
            return "label" + field.substring("labels".length());
        }
        String nearest = Suggestions.slip(name, NAMES);
        boolean slip = !nearest.isEmpty() && isSlip(name.split("\\.", -1), nearest.split("\\.", -1));
        return !slip ? "" : bracket < 0 ? nearest : nearest + field.substring(bracket);
    }

    /** Short words and numbers differ by a letter without being meant for each other: uid and pid, sip and sip6. */
    private static boolean isSlip(String[] wrong, String[] right) {
        for (int i = 0; i < Math.min(wrong.length, right.length); i++) {
            if (!wrong[i].equals(right[i])) {
                boolean numbered = wrong[i].replaceAll("\\d", "").equals(right[i].replaceAll("\\d", ""));
                return !numbered && Math.max(wrong[i].length(), right[i].length()) > SHORT;
            }
        }
        return false;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(KINDS.keySet());
        Fields.names().forEach(name -> names.add("falco." + name));
        return List.copyOf(names);
    }

    private static Map<String, Kind> read() {
        InputStream in = Objects.requireNonNull(FieldTable.class.getResourceAsStream(FILE), FILE);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Map<String, Kind> kinds = new TreeMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int blank = line.indexOf(' ');
                if (!line.startsWith("#") && blank > 0) {
                    kinds.put(
                            line.substring(0, blank),
                            Kind.valueOf(line.substring(blank + 1).toUpperCase(Locale.ROOT)));
                }
            }
            return kinds;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
