package advisories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Reads an advisory of the GitLab Advisory Database. Immutable.
 *
 * @see <a href="https://gitlab.com/gitlab-org/security-products/gemnasium-db">Its format</a>
 */
final class GitLabFile {

    private static final String MAVEN = "maven/";

    private GitLabFile() {}

    /**
     * What it says of a Maven package; nothing where it is of another.
     *
     * @throws IllegalArgumentException where its versions cannot be read
     */
    static List<Advisory> read(Path file) throws IOException {
        Object top = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        if (!(top instanceof Map<?, ?> advisory) || !String.valueOf(advisory.get("package_slug")).startsWith(MAVEN)) {
            return List.of();
        }
        String slug = String.valueOf(advisory.get("package_slug"));
        TreeSet<String> names = new TreeSet<>(texts(advisory.get("identifiers")));
        names.add(String.valueOf(advisory.get("identifier")));
        return List.of(new Advisory(
                names,
                slug.substring(MAVEN.length()).replace('/', ':'),
                String.valueOf(advisory.get("title")),
                Versions.ofMaven(String.valueOf(advisory.get("affected_range"))),
                texts(advisory.get("fixed_versions"))));
    }

    private static List<String> texts(Object list) {
        return list instanceof List<?> items ? items.stream().map(String::valueOf).toList() : List.of();
    }
}
