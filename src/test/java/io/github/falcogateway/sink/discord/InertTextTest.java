package io.github.falcogateway.sink.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InertTextTest {

    private static final Pattern LIVE =
            Pattern.compile("@(everyone|here)|<(@|#|t:|/|a?:)|\\.(gg/|com/invite)|```", Pattern.CASE_INSENSITIVE);
    private static final String MARKDOWN = "\\*_~|[]<`";

    @Test
    void putsABackslashBeforeEveryMarkdownCharacter() {
        MARKDOWN.chars()
                .mapToObj(Character::toString)
                .forEach(special ->
                        assertThat(InertText.lines("a" + special + "b", 100)).isEqualTo("a\\" + special + "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"> a", "# a", "- a", "-# a", "+ a", "1. a", "12) a", "   - a", ">>> a"})
    void putsABackslashBeforeWhatWouldBeginAListAHeadingOrAQuote(String line) {
        assertThat(InertText.lines("x\n" + line, 100)).containsPattern("\n *[0-9]*\\\\");
        assertThat(InertText.lines("a " + line.strip(), 100)).isEqualTo("a " + line.strip());
    }

    @Test
    void leavesOrdinaryTextAlone() {
        assertThat(InertText.lines("10:15:30 Shell in /bin/bash (web-1) + #3; user=root@x 中文 👩‍👩‍👧‍👦 é!", 200))
                .isEqualTo("10:15:30 Shell in /bin/bash (web-1) + #3; user=root@x 中文 👩‍👩‍👧‍👦 é!");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@everyone",
                "@here",
                "@Everyone",
                "<@1>",
                "<@&1>",
                "<#1>",
                "<t:1>",
                "discord.gg/x",
                "https://discord.com/invite/x",
                "@\u200beveryone",
                "@\u202eevery\u0000one",
                "<\ufeff@1>"
            })
    void breaksMentionsAndInvites(String text) {
        assertThat(InertText.lines(text, 200)).doesNotContainPattern(LIVE).doesNotContainPattern("(?<!\\\\)://");
        assertThat(InertText.plain(text, 200)).doesNotContainPattern(LIVE);
        assertThat(InertText.fenced(text, 200).replace("```\n", "").replace("\n```", ""))
                .doesNotContainPattern(LIVE);
    }

    @Test
    void makesAMaskedLinkVisible() {
        assertThat(InertText.lines("[ok](https://evil.example)", 200)).isEqualTo("\\[ok\\](https\\://evil.example)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000", "\u001b", "\u007f", "\u0085", "\u202e", "\u2069", "\u200f", "\ufeff", "\u200b", "\ud800",
                "\udfff", "\u00ad", "\u061c", "\ufffe"
            })
    void stripsWhatNobodySees(String invisible) {
        assertThat(InertText.lines("a" + invisible + "b", 100)).isEqualTo("ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "\u00a0", "\u3164", "\u200b", "\u0000", "\ud83d"})
    void showsADashForNothing(String nothing) {
        assertThat(InertText.value(nothing, 100)).isEqualTo("—");
        assertThat(InertText.line(nothing, 100)).isEqualTo("—");
        assertThat(InertText.plain(nothing, 100)).isEqualTo("—");
        assertThat(InertText.fenced(nothing, 100)).isEqualTo("—");
    }

    @Test
    void keepsLinesButNoWallOfEmptyOnes() {
        assertThat(InertText.lines("a\r\nb\rc\n\n\n\n\nd", 100)).isEqualTo("a\nb\nc\n\nd");
        assertThat(InertText.line("a\nb", 100)).isEqualTo("a b");
    }

    @Test
    void cannotBeLeftFromWithinACodeBlock() {
        String fenced = InertText.fenced("x ```` @here ```", 100);

        assertThat(fenced).startsWith("```\n").endsWith("\n```");
        assertThat(fenced.substring(4, fenced.length() - 4)).doesNotContain("``");
    }

    @ParameterizedTest
    @CsvSource({"10", "11", "12", "13"})
    void cutsBetweenEscapes(int limit) {
        String cut = InertText.lines("*".repeat(50), limit);

        assertThat(cut).matches("(\\\\\\*)+…");
        assertThat(cut.length()).isLessThanOrEqualTo(limit);
    }

    @Test
    void cutsBetweenGraphemes() {
        assertThat(InertText.lines("ab👩‍👩‍👧‍👦cd", 5)).isEqualTo("ab…");
        assertThat(InertText.lines("abe\u0301cd", 4)).isEqualTo("ab…");
        assertThat(InertText.lines("ab👍🏽cd", 4)).isEqualTo("ab…");
    }

    @Test
    void fillsTheLimitToTheLastCodePoint() {
        assertThat(InertText.lines("😀".repeat(10), 10)).isEqualTo("😀".repeat(10));
        assertThat(InertText.lines("😀".repeat(11), 10)).isEqualTo("😀".repeat(9) + "…");
    }

    @Test
    void showsTextBehindAnEndlessChainOfJoiners() {
        assertThat(InertText.lines("a\u200d".repeat(500), 200)).hasSizeGreaterThan(150);
    }

    @Test
    void limitsTowersOfCombiningMarks() {
        assertThat(InertText.lines("Z" + "\u0301".repeat(1000), 2000)).hasSize(7);
    }

    @Test
    void hostileTextNeverComesToLife() {
        HostileTexts texts = new HostileTexts(7);
        for (int i = 0; i < 5000; i++) {
            String raw = texts.text(300);
            String shown = InertText.value(raw, 120);
            assertThat(shown).doesNotContainPattern(LIVE).doesNotContainPattern("(?<!\\\\)://");
            assertThat(shown.codePointCount(0, shown.length())).isBetween(1, 120);
            assertThat(withoutEscapes(shown))
                    .as(raw)
                    .doesNotContainPattern("[\\\\*_~|\\[\\]<`]|(?m)^ *(>|#|-|\\+|\\d+[.)] )");
            String fenced = InertText.fenced(raw, 120);
            assertThat(fenced.codePointCount(0, fenced.length())).isBetween(1, 120);
        }
    }

    private static String withoutEscapes(String text) {
        return text.replaceAll("\\\\[\\\\*_~|>#\\-+\\[\\]().<:@`]", "x");
    }
}
