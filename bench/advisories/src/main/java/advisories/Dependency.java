package advisories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * One artifact of the bill of materials. Immutable.
 *
 * @param name group and artifact with a colon between
 */
record Dependency(String name, String version) {

    /** The Maven artifacts of a CycloneDX file. */
    static List<Dependency> of(Path sbom) throws IOException {
        LinkedHashSet<Dependency> found = new LinkedHashSet<>();
        for (JsonNode component : new ObjectMapper().readTree(sbom.toFile()).path("components")) {
            if (component.path("purl").asText().startsWith("pkg:maven/")) {
                found.add(new Dependency(
                        component.path("group").asText() + ":" + component.path("name").asText(),
                        component.path("version").asText()));
            }
        }
        return new ArrayList<>(found);
    }
}
