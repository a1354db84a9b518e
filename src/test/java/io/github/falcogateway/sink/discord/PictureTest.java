package io.github.falcogateway.sink.discord;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Samples;
import io.github.falcogateway.testing.SampleEvents;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The picture in the documents is drawn from the messages that are really sent. */
class PictureTest {

    private static final Path FILE = Path.of("docs/sinks/discord.svg");
    private static final int WIDTH = 620;
    private static final int LINE = 17;

    private final StringBuilder drawn = new StringBuilder();
    private int y = 8;

    @Test
    void thePictureOfEachFormIsWhatIsSent() throws Exception {
        EventEmbed writer = new EventEmbed(DiscordSamples.look(), new Links(DiscordSamples.look()::publicUrl));
        for (Delivery delivery : Samples.of(events())) {
            Parcel parcel = Parcel.pack(List.of(delivery), 1, writer, DiscordSamples.look());
            JsonObject message = Buffer.buffer(new MessageWriter(DiscordSamples.look()).write(parcel.message()))
                    .toJsonObject();
            draw(message.getJsonArray("embeds").getJsonObject(0));
        }
        String svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\"" + y
                + "\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#dbdee1\">\n<rect width=\"100%\" height=\"100%\""
                + " fill=\"#313338\"/>\n" + drawn + "</svg>\n";
        if (Boolean.getBoolean("draw")) {
            Files.writeString(FILE, svg);
        }
        assertThat(Files.readString(FILE)).as("run this test with -Ddraw=true").isEqualTo(svg);
    }

    private static List<JournaledEvent> events() {
        List<JournaledEvent> events = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            events.add(SampleEvents.at(4711 + i)
                    .host("web-" + i % 2)
                    .priority(i % 3 == 0 ? Priority.CRITICAL : Priority.WARNING)
                    .rule(i % 3 == 0 ? "Terminal shell in container" : "Read sensitive file untrusted")
                    .field("user.name", i % 2 == 0 ? "root" : "www-data")
                    .field("proc.name", "bash")
                    .field("proc.cmdline", "bash -i")
                    .build());
        }
        return events;
    }

    private void draw(JsonObject embed) {
        int top = y;
        StringBuilder text = new StringBuilder();
        y += 6;
        line(text, embed.getString("title"), " font-weight=\"bold\" fill=\"#00a8fc\"");
        lines(text, embed.getString("description", ""), "");
        embed.getJsonArray("fields").forEach(one -> {
            JsonObject field = (JsonObject) one;
            line(text, field.getString("name"), " font-weight=\"bold\"");
            lines(text, field.getString("value"), "");
        });
        line(text, embed.getJsonObject("footer").getString("text"), " font-size=\"10\" fill=\"#949ba4\"");
        y += 6;
        drawn.append("<rect x=\"8\" y=\"" + top + "\" width=\"" + (WIDTH - 16) + "\" height=\"" + (y - top)
                + "\" rx=\"4\" fill=\"#2b2d31\"/>\n<rect x=\"8\" y=\"" + top + "\" width=\"4\" height=\"" + (y - top)
                + "\" fill=\"#" + String.format("%06x", embed.getInteger("color")) + "\"/>\n");
        drawn.append(text);
        y += 8;
    }

    private void lines(StringBuilder text, String lines, String style) {
        for (String one : lines.split("\n")) {
            if (!one.isBlank() && !one.equals("```")) {
                line(text, one, style);
            }
        }
    }

    /** As Discord shows it: without the backslashes that keep it from being Markdown. */
    private void line(StringBuilder text, String raw, String style) {
        y += LINE;
        String shown = raw.replaceAll("\\\\(.)", "$1")
                .replace("\u200b", "")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll(" {2,}", " ");
        text.append("<text x=\"22\" y=\"" + y + "\"" + style + ">"
                + (shown.length() > 105 ? shown.substring(0, 104) + "…" : shown) + "</text>\n");
    }
}
