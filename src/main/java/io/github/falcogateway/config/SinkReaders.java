package io.github.falcogateway.config;

import io.github.falcogateway.sink.FloodOptions;
import io.github.falcogateway.sink.SinkOptions;
import io.github.falcogateway.sink.discord.DiscordOptions;
import io.github.falcogateway.sink.file.FileOptions;
import io.github.falcogateway.sink.http.HttpOptions;
import io.github.falcogateway.sink.prometheus.PrometheusOptions;
import io.github.falcogateway.sink.stdout.StdoutOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the sinks: what all can be told, and by a line per type what only that type can. */
final class SinkReaders {

    @FunctionalInterface
    private interface Reader {
        @Nullable
        Record read(Section section, SinkOptions common);
    }

    private static final Map<String, Reader> TYPES = Map.of(
            "file", SinkReaders::file,
            "prometheus", SinkReaders::prometheus,
            "discord", ChatReaders::discord,
            "http", PostingReaders::http,
            "alertmanager", PostingReaders::alertmanager,
            "syslog", StreamReaders::syslog,
            "kafka", StreamReaders::kafka,
            "stdout", (section, common) -> new StdoutOptions());

    private static final Map<String, Integer> BATCHES = Map.of("discord", DiscordOptions.BATCH, "http", 1);

    private SinkReaders() {}

    /** One sink; null where it cannot be, which is told. */
    static @Nullable SinkConfig read(String name, Section section, People people) {
        String type = section.text("type", "");
        Reader reader = TYPES.get(type);
        if (reader == null) {
            section.problem(
                    "type",
                    (type.isEmpty() ? "sink " + name + " needs a type" : "unknown sink type " + type) + ": "
                            + String.join(", ", TYPES.keySet().stream().sorted().toList())
                            + Problems.didYouMean(type, TYPES.keySet()));
            return null;
        }
        SinkOptions defaults = SinkOptions.defaults();
        Section retry = section.section("retry");
        SinkOptions common = new SinkOptions(
                section.duration("timeout", defaults.timeout()),
                retry.duration("min", defaults.retryMin()),
                retry.duration("max", defaults.retryMax()),
                retry.duration("max_age", defaults.maxAge()),
                SinkOptions.batch(section.parsed(
                        "batch",
                        BATCHES.getOrDefault(type, defaults.batch().events()),
                        text -> text.matches("0*[1-9]\\d{0,8}") ? Integer.valueOf(text) : null,
                        "a whole number of at least 1")));
        retry.end();
        if (common.retryMin().compareTo(common.retryMax()) > 0) {
            retry.problem("min", "retry.min is longer than retry.max");
        }
        if (common.timeout().toMillis() == 0) {
            section.problem("timeout", "timeout must be longer than nothing");
        }
        Record own = reader.read(section, common);
        FloodOptions flood = own instanceof DiscordOptions ? ChatReaders.flood(section, people.flood()) : null;
        section.end();
        if (own == null) {
            return null;
        }
        SinkOptions given = own instanceof HttpOptions http ? common.inParallel(http.concurrency()) : common;
        return new SinkConfig(name, type, given, flood, own instanceof DiscordOptions chat ? people.link(chat) : own);
    }

    private static @Nullable Record file(Section section, SinkOptions common) {
        String path = section.text("path");
        if (path == null || path.isEmpty()) {
            section.problem("path", "a file sink needs a path");
            return null;
        }
        FileOptions defaults = FileOptions.at(Path.of(path));
        Section rotate = section.section("rotate");
        FileOptions options = new FileOptions(
                defaults.path(),
                rotate.size("size", defaults.rotateSize()),
                rotate.duration("every", defaults.rotateEvery()),
                rotate.integer("keep", defaults.keep()),
                rotate.bool("compress", defaults.compress()));
        rotate.end();
        return options;
    }

    private static Record prometheus(Section section, SinkOptions common) {
        PrometheusOptions defaults = PrometheusOptions.defaults();
        boolean sidekick = defaults.falcosidekick();
        if (section.keys().contains("compat")) {
            List<Section.Text> compat = section.texts("compat");
            sidekick = compat.stream().anyMatch(item -> item.text().equals("falcosidekick"));
            for (Section.Text item : compat) {
                if (!item.text().equals("falcosidekick")) {
                    section.source().problem(item.node(), "compat knows falcosidekick alone, not " + item.text());
                }
            }
        } else {
            section.texts("compat");
        }
        return new PrometheusOptions(
                section.integer("max_series", defaults.maxSeries()),
                section.bool("tags", defaults.tags()),
                sidekick,
                section.duration("idle", defaults.idle()));
    }
}
