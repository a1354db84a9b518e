package advisories;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.artifact.versioning.ComparableVersion;

/** Some versions of a package, in Maven's order. Immutable. */
interface Versions {

    boolean contain(String version);

    /** From {@code least}, null for the first there is, up to {@code most}, null for the last; each end in it or not. */
    static Versions between(String least, boolean leastToo, String most, boolean mostToo) {
        return version -> {
            ComparableVersion asked = new ComparableVersion(version);
            int low = least == null ? 1 : asked.compareTo(new ComparableVersion(least));
            int high = most == null ? -1 : asked.compareTo(new ComparableVersion(most));
            return (low > 0 || low == 0 && leastToo) && (high < 0 || high == 0 && mostToo);
        };
    }

    static Versions anyOf(List<Versions> parts) {
        return version -> parts.stream().anyMatch(part -> part.contain(version));
    }

    /**
     * Maven's notation, {@code [1.0,1.2),[2.0,)}; the parts may stand in any order and without a comma
     * between them, unlike in Maven's own reader.
     *
     * @throws IllegalArgumentException where it is none
     */
    static Versions ofMaven(String notation) {
        Matcher parts = Pattern.compile("\\G([\\[(])([^,\\[\\]()]*)(,?)([^,\\[\\]()]*)([])])(?:,|\\|\\|)?")
                .matcher(notation.replace(" ", ""));
        List<Versions> found = new ArrayList<>();
        int end = 0;
        while (parts.find()) {
            end = parts.end();
            String least = parts.group(2).isEmpty() ? null : parts.group(2);
            String most = parts.group(4).isEmpty() ? null : parts.group(4);
            found.add(
                    parts.group(3).isEmpty()
                            ? between(least, true, least, true)
                            : between(least, parts.group(1).equals("["), most, parts.group(5).equals("]")));
        }
        if (found.isEmpty() || end != notation.replace(" ", "").length()) {
            throw new IllegalArgumentException("no range of versions: " + notation);
        }
        return anyOf(found);
    }
}
