package io.github.falcogateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interactive browser, driven by keys. */
class EventsScreenTest {

    @TempDir
    Path folder;

    private EventsSource source;

    @BeforeEach
    void write() throws Exception {
        Path file = folder.resolve("events.ndjson");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            lines.append(
                            "{\"rule\":\"%s\",\"priority\":\"%s\",\"hostname\":\"web-%d\",\"time\":\"2026-05-01T10:%02d:00Z\","
                                    .formatted(
                                            i % 3 == 0 ? "Shell \\u001b[31m" : "File",
                                            i % 3 == 0 ? "Error" : "Notice",
                                            i % 2,
                                            i))
                    .append("\"tags\":[\"t\"],\"output\":\"out ")
                    .append(i)
                    .append("\",\"output_fields\":{\"proc.name\":\"p")
                    .append(i)
                    .append("\"}}\n");
        }
        Files.writeString(file, lines);
        source = new FileEvents(List.of(file.toString()), null, null);
    }

    @Test
    void sortsFiltersAndLooksIntoEvents() throws Exception {
        Browser browser = new Browser(source, "rule", "");
        assertThat(browser.view().cells(0)).startsWith("20", "Notice", "File");
        browser.sort();
        browser.reverse();
        assertThat(browser.view().cells(0).get(2)).isEqualTo("Shell ·[31m");
        browser.open();
        assertThat(browser.view().size()).isEqualTo(10);
        assertThat(browser.view().cells(0)).contains("web-1", "out 27");
        browser.open();
        assertThat(browser.view().size()).isEqualTo(7);
        assertThat(browser.back()).isTrue();
        assertThat(browser.back()).isTrue();
        assertThat(browser.back()).isFalse();
        browser.filter("host = web-0 and priority >= Error");
        assertThat(browser.view().cells(0)).startsWith("5", "Error");
        browser.filter("host = ");
        assertThat(browser.message()).contains("at character");
        assertThat(browser.filter()).isEqualTo("host = web-0 and priority >= Error");
        browser.by();
        assertThat(browser.view().headings()).contains("HOST");
        browser.open();
        assertThat(browser.view().size()).isEqualTo(5);
    }

    @Test
    void drawsOnATerminalAndLeavesItAsItWas() throws Exception {
        String keys = "j\u001b[B\u001b[A\rq";
        String screen = drive(keys, 60);
        assertThat(screen)
                .contains("COUNT", "File", "2026-05-01 10:29", "out 28")
                .doesNotContain("\u001b[31mout");
        String typed = drive("/" + "proc.name = p7\r" + "q", 100);
        assertThat(typed).contains("filter: ", "by rule, sorted by count  |  ", "proc.name = p7");
    }

    private String drive(String keys, int width) throws Exception {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        ByteArrayInputStream typed = new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8));
        try (Terminal terminal = TerminalBuilder.builder()
                .system(false)
                .streams(typed, screen)
                .type("xterm")
                .encoding(StandardCharsets.UTF_8)
                .build()) {
            terminal.setSize(new Size(width, 12));
            new EventsScreen(terminal, new Browser(source, "rule", "")).loop();
        }
        return screen.toString(StandardCharsets.UTF_8);
    }
}
