package advisories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads an advisory in the Open Source Vulnerability format. Immutable.
 *
 * @see <a href="https://ossf.github.io/osv-schema/">OSV schema</a>
 */
final class OsvFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OsvFile() {}

    /** What it says of Maven packages; nothing where it was withdrawn or is no advisory. */
    static List<Advisory> read(Path file) throws IOException {
        JsonNode advisory = JSON.readTree(file.toFile());
        List<Advisory> found = new ArrayList<>();
        if (advisory.hasNonNull("withdrawn")) {
            return found;
        }
        TreeSet<String> names = new TreeSet<>();
        names.add(advisory.path("id").asText());
        advisory.path("aliases").forEach(alias -> names.add(alias.asText()));
        String title = advisory.hasNonNull("summary") ? advisory.get("summary").asText() : "no summary";
        for (JsonNode affected : advisory.path("affected")) {
            JsonNode named = affected.path("package");
            if (named.path("ecosystem").asText().split(":")[0].equals("Maven")) {
                found.add(new Advisory(names, named.path("name").asText(), title, versions(affected), fixed(affected)));
            }
        }
        return found;
    }

    private static Versions versions(JsonNode affected) {
        List<Versions> parts = new ArrayList<>();
        for (JsonNode version : affected.path("versions")) {
            parts.add(version.asText()::equals);
        }
        for (JsonNode range : affected.path("ranges")) {
            if (range.path("type").asText().equals("ECOSYSTEM")) {
                addRange(range.path("events"), parts);
            }
        }
        return Versions.anyOf(parts);
    }

    /** Each introduction reaches to the end that follows it; without one, for ever. The events come in their order. */
    private static void addRange(JsonNode events, List<Versions> parts) {
        String introduced = null;
        for (JsonNode event : events) {
            if (event.hasNonNull("introduced")) {
                introduced = event.get("introduced").asText();
            } else if (introduced != null && (event.hasNonNull("fixed") || event.hasNonNull("last_affected"))) {
                boolean last = event.hasNonNull("last_affected");
                String end = event.get(last ? "last_affected" : "fixed").asText();
                parts.add(Versions.between(first(introduced), true, end, last));
                introduced = null;
            }
        }
        if (introduced != null) {
            parts.add(Versions.between(first(introduced), true, null, false));
        }
    }

    /** A 0 is before every version, also before 0-alpha. */
    private static String first(String introduced) {
        return introduced.equals("0") ? null : introduced;
    }

    private static List<String> fixed(JsonNode affected) {
        List<String> fixed = new ArrayList<>();
        affected.path("ranges")
                .forEach(range -> range.path("events").findValuesAsText("fixed").forEach(fixed::add));
        return fixed;
    }
}
