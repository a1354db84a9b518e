package io.github.falcogateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRunTest {

    @ParameterizedTest
    @ValueSource(strings = {"run", "run --config a.yaml", "run --config=a.yaml", "run --config a=b"})
    void takesAConfigurationAlone(String arguments) {
        assertThat(PlainRun.of(arguments.split(" "))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "run --help",
                "run a.yaml",
                "run --config",
                "run --config=",
                "run --config --help",
                "run --config @arguments",
                "run --config a.yaml b.yaml",
                "run --config=a.yaml --help",
                "run --configs a.yaml",
                "run --config=a.yaml --config=b.yaml"
            })
    void leavesTheRestToPicocli(String arguments) {
        assertThat(PlainRun.of(arguments.split(" "))).isNull();
    }

    @Test
    void leavesNoArgumentsToMain() {
        assertThat(PlainRun.of()).isNull();
    }
}
