package io.github.falcogateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The places at which the fault rig ends the process are methods that there are, one of each name. */
class CrashPointsTest {

    static List<String> points() throws IOException {
        return Files.readAllLines(Path.of("bench/faults/crash-points.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("points")
    void isAMethodThatThereIs(String line) throws ClassNotFoundException {
        String[] words = line.trim().split(" +");
        assertThat(words).hasSize(5);
        String name = words[1].startsWith("org.") ? words[1] : "io.github.falcogateway." + words[1];
        Class<?> type = Class.forName(name, false, getClass().getClassLoader());
        assertThat(Arrays.stream(type.getDeclaredMethods()).map(Method::getName).filter(words[2]::equals))
                .hasSize(1);
        assertThat(words[3]).isIn("entry", "exit");
        assertThat(Long.parseLong(words[4])).isPositive();
    }
}
