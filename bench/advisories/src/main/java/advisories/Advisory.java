package advisories;

import java.util.List;
import java.util.TreeSet;

/**
 * What one advisory says of one package. Immutable.
 *
 * @param names its own and its other ones, such as a CVE's
 * @param packageName group and artifact with a colon between
 * @param affected which versions
 * @param fixed the versions it is fixed in; empty where none is known
 */
record Advisory(TreeSet<String> names, String packageName, String title, Versions affected, List<String> fixed) {

    String line(Dependency dependency) {
        return dependency.name() + " " + dependency.version() + ": " + String.join(" ", names) + ": " + title
                + (fixed.isEmpty() ? "; no fixed version is known" : "; fixed in " + String.join(", ", fixed));
    }
}
