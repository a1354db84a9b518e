package io.github.falcogateway.cli;

import static io.github.falcogateway.cli.CommandsTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.cli.CommandsTest.Result;
import io.github.falcogateway.testing.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be read are the user's slip: one line says so, and no stack trace. */
class InputFileTest {

    private static final String EVENT = "{\"rule\":\"R\",\"priority\":\"Error\"}\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"explain", "events", "import", "check --conditions"})
    void saysThatAFolderIsNoFile(String command) {
        List<String> words = List.of((command + " " + folder).split(" "));

        Result result = run(words.get(0), words.subList(1, words.size()).toArray(String[]::new));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).isEqualTo(folder + " cannot be read\n");
    }

    @Test
    void saysWhyAFileCannotBeReadOn() {
        Result result = run("explain", "/proc/self/mem");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).startsWith("falco-gateway explain failed: ").doesNotContain("\tat ");
    }

    @Test
    void givesAVerdictOnALineThatIsNoText() throws Exception {
        Path conditions =
                Files.write(folder.resolve("conditions"), new byte[] {'"', (byte) 0xE9, '"', '\n', '"', 'm', '"'});

        Result result = run("check", "--conditions", conditions.toString());

        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).hasSize(2).element(1).isEqualTo("{\"ok\":true}");
    }

    @Test
    void givesAVerdictOnEveryLineAlsoABlankOne() throws Exception {
        Path conditions = Files.writeString(folder.resolve("conditions"), "\"m\"\n\n \t\r\n\"m and\"\n");

        Result result = run("check", "--conditions", conditions.toString());

        String none = "{\"ok\":false,\"at\":0,\"message\":\"the line is no JSON string\"}";
        assertThat(result.out().lines()).hasSize(4).startsWith("{\"ok\":true}", none, none);
        assertThat(result.out().lines()).last().asString().startsWith("{\"ok\":false,\"at\":5,");
    }

    @Test
    void importsWhatAFileHasBeforeItBreaksOff() throws Exception {
        Path cut = folder.resolve("cut.gz");
        Files.write(cut, cut(gzip(EVENT.repeat(3))));
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            Result result = run(
                    "import",
                    "--to",
                    CommandsTest.url(gateway),
                    "--state",
                    folder.resolve("state").toString(),
                    cut.toString());

            assertThat(result.out()).startsWith("3 events sent");
            assertThat(result.err()).startsWith(cut + " cannot be read to its end: ");
            assertThat(result.code()).isEqualTo(1);
        }
        Result counted = run("events", cut.toString());
        assertThat(counted.err()).startsWith(cut + " cannot be read to its end: ");
        assertThat(counted.code()).isEqualTo(1);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] cut(byte[] zipped) {
        return Arrays.copyOf(zipped, zipped.length - 4);
    }
}
