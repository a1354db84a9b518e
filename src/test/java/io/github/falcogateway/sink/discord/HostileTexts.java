package io.github.falcogateway.sink.discord;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.testing.SampleEvents;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Texts and events an attacker would like a chat to show; the same for the same seed. Confined to one test. */
final class HostileTexts {

    private static final List<String> PIECES = List.of(
            "@everyone",
            "@here",
            "@EVERYONE",
            "<@&1>",
            "<@1234>",
            "<#1>",
            "<t:0>",
            "<a:x:1>",
            "```",
            "``",
            "`",
            "\\",
            "\\\\",
            "[Acknowledge](https://evil.example)",
            "**",
            "__",
            "||",
            "~~",
            "> ",
            ">>> ",
            "# ",
            "-# ",
            "- ",
            "https://evil.example/x",
            "discord.gg/abc",
            "discord.com/invite/abc",
            "\n",
            "\r\n",
            "\t",
            "\u0000",
            "\u001b[31m",
            "\u0085",
            "\u202e",
            "\u2066",
            "\ufeff",
            "\u200b",
            "\u200d",
            "\u2028",
            "\ud83d",
            "\udc68",
            "😀",
            "👩‍👩‍👧‍👦",
            "🇩🇪",
            "👍🏽",
            "e\u0301",
            "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307",
            "\u3164",
            "\u00a0",
            "中文",
            "عربى",
            "plain words",
            "a",
            " ",
            "\ufffe",
            "%s",
            "${jndi:ldap://x}",
            "\"",
            "<script>");
    private static final List<Priority> PRIORITIES = List.of(Priority.values());
    private static final List<String> FIELDS = List.of(
            "user.name",
            "proc.name",
            "proc.pname",
            "proc.cmdline",
            "fd.name",
            "container.name",
            "container.image.repository",
            "k8s.ns.name",
            "k8s.pod.name",
            "evt.type");

    private final Random random;

    HostileTexts(long seed) {
        random = new Random(seed);
    }

    /** Between none and about {@code most} characters. */
    String text(int most) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(4) == 0 ? most : random.nextInt(most + 1);
        boolean one = random.nextInt(5) == 0;
        String same = piece();
        while (text.length() < length) {
            text.append(one ? same : piece());
        }
        return text.toString();
    }

    JournaledEvent event(long id) {
        SampleEvents event = SampleEvents.at(id)
                .rule(text(400))
                .priority(PRIORITIES.get(random.nextInt(PRIORITIES.size())))
                .host(text(300))
                .message(text(6000))
                .tags(text(100), text(300))
                .time(time());
        FIELDS.stream().filter(name -> random.nextInt(3) > 0).forEach(name -> event.field(name, text(2000)));
        return event.build();
    }

    private String piece() {
        return random.nextInt(20) == 0
                ? Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1))
                : PIECES.get(random.nextInt(PIECES.size()));
    }

    private Instant time() {
        return switch (random.nextInt(10)) {
            case 0 -> Instant.MAX;
            case 1 -> Instant.MIN;
            case 2 -> Instant.EPOCH;
            default -> Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
        };
    }
}
