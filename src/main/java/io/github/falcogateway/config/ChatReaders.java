package io.github.falcogateway.config;

import io.github.falcogateway.event.Priority;
import io.github.falcogateway.filter.FilterException;
import io.github.falcogateway.filter.Value;
import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.FloodOptions;
import io.github.falcogateway.sink.SinkOptions;
import io.github.falcogateway.sink.discord.DiscordOptions;
import io.github.falcogateway.sink.discord.Look;
import io.github.falcogateway.sink.discord.Mentions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the sinks that people read. */
final class ChatReaders {

    private ChatReaders() {}

    static @Nullable Record discord(Section section, SinkOptions common) {
        String url = section.text("url");
        if (url == null || url.isEmpty()) {
            section.problem("url", "a discord sink needs the url of a webhook");
        }
        Look look = new Look(
                section.text("username", ""),
                section.text("avatar_url", ""),
                mentions(section.section("mentions")),
                priority(section, "silent_below", Priority.CRITICAL),
                fields(section),
                section.text("template", ""),
                "");
        DiscordOptions options = new DiscordOptions(
                new Secret(url == null || url.isEmpty() ? "http://127.0.0.1/" : url),
                section.text("thread_id", ""),
                look,
                section.parsed(
                        "budget",
                        DiscordOptions.BUDGET,
                        ChatReaders::perMinute,
                        "messages a minute, such as 20/min, at most " + DiscordOptions.MOST),
                section.text("channel", ""),
                common.timeout());
        for (String problem : options.problems()) {
            section.problem(problem.substring(0, problem.indexOf(':')), problem);
        }
        return url == null || url.isEmpty() ? null : options;
    }

    /** What is told at once: all sinks' rule, or one of the sink's own. */
    static FloodOptions flood(Section section, FloodOptions otherwise) {
        Section storm = section.section("storm");
        Duration interval = storm.duration("interval", otherwise.stormInterval());
        FloodOptions options = new FloodOptions(
                priority(section, "always_notify", otherwise.always()),
                Math.max(1, storm.integer("max", otherwise.stormMax())),
                interval.isZero() ? otherwise.stormInterval() : interval);
        storm.end();
        return options;
    }

    private static Priority priority(Section section, String key, Priority otherwise) {
        return section.parsed(
                key,
                otherwise,
                text -> Priority.parse(text).orElse(null),
                "a priority: Emergency, Alert, Critical, Error, Warning, Notice, Informational or Debug");
    }

    private static List<String> fields(Section section) {
        List<String> fields = new ArrayList<>();
        for (Section.Text field : section.texts("fields")) {
            try {
                fields.add(Value.of(field.text()).name());
            } catch (FilterException bad) {
                section.source().problem(field.node(), String.valueOf(bad.getMessage()));
            }
        }
        return fields;
    }

    private static @Nullable Integer perMinute(String text) {
        double rate = Units.rate(text);
        int messages = (int) Math.round(rate * 60);
        return messages < 1 || messages > DiscordOptions.MOST ? null : messages;
    }

    private static Mentions mentions(Section section) {
        Map<Priority, List<String>> roles = new EnumMap<>(Priority.class);
        for (String key : List.copyOf(section.keys())) {
            Priority priority = Priority.parse(key).orElse(null);
            List<String> ids =
                    section.texts(key).stream().map(Section.Text::text).toList();
            if (priority == null) {
                List<String> known =
                        List.of(Priority.values()).stream().map(Priority::label).toList();
                section.problem(key, key + " is no priority" + Problems.didYouMean(key, known));
            } else {
                roles.put(priority, ids);
            }
        }
        return roles.isEmpty() ? Mentions.none() : new Mentions(roles);
    }
}
