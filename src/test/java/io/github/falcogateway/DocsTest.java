package io.github.falcogateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name exists. */
class DocsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern SOURCE = Pattern.compile("`(src/[^`]+)`");

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        for (Path page : pages()) {
            Path from = page.getParent() == null ? Path.of("") : page.getParent();
            for (String link : all(LINK, page)) {
                assertThat(from.resolve(link).normalize())
                        .as(page + " links to " + link)
                        .exists();
            }
        }
    }

    @Test
    void nothingOfAMergeIsLeft() throws IOException {
        for (Path page : pages()) {
            assertThat(Files.readAllLines(page))
                    .as(page.toString())
                    .noneMatch(line -> line.matches("(<{7}|={7}|>{7})( .*)?"));
        }
    }

    @Test
    void theCodeToReadExists() throws IOException {
        List<String> files = all(SOURCE, Path.of("docs/architecture.md"));
        assertThat(files)
                .hasSizeGreaterThan(6)
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> root = Files.list(Path.of("."));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(Path::normalize)
                    .toList();
        }
    }

    private static List<String> all(Pattern pattern, Path file) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(file));
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
