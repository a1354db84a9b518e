package io.github.falcogateway.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a configuration was read from. Immutable.
 *
 * @param files all files that it names, also those that are not there
 * @param version the first letters of a digest of the texts read: the same texts, the same version
 * @param open the names of those that hold no secret: route files and the host table
 * @param watch whether a change of the files is taken without being asked
 */
public record Inputs(List<Path> files, String version, Set<String> open, boolean watch) {

    private static final int LETTERS = 12;

    /** Collects them. Confined to one loading. */
    static final class Collector {

        private final Set<Path> files = new LinkedHashSet<>();
        private final Map<String, Source> sources = new LinkedHashMap<>();
        private final Set<String> open = new LinkedHashSet<>();
        private boolean watch;

        void source(Source source) {
            files.add(Path.of(source.name()));
            sources.put(source.name(), source);
        }

        /** One whose lines may be shown. */
        void openly(Source source) {
            source(source);
            open.add(source.name());
        }

        void file(String name) {
            files.add(Path.of(name));
        }

        void watch(boolean wanted) {
            watch = wanted;
        }

        Inputs inputs() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                sources.forEach((name, source) ->
                        digest.update((name + "\0" + source.text() + "\0").getBytes(StandardCharsets.UTF_8)));
                String version = HexFormat.of().formatHex(digest.digest()).substring(0, LETTERS);
                return new Inputs(List.copyOf(files), version, Set.copyOf(open), watch);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
