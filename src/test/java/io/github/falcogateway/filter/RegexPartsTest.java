package io.github.falcogateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexPartsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                ".*curl.*~``~curl",
                "^/tmp/[a-z]+\\.sh$~/tmp/~/tmp/",
                ".*(ncat|netcat) -e.*~``~ncat,netcat",
                ".*(nc|ncat).* --listen~``~` --listen`",
                "curl|wget .*~``~`curl,wget `",
                "abc?d~ab~ab",
                "abc+d~abc~abc",
                "ab{2,3}cde~ab~cde",
                "ab{0,3}cde~a~cde",
                "a{1}~a~a",
                "(?:abc)+~``~abc",
                "(?:abc)*def~``~def",
                "a\\.b\\dcd~a.b~a.b",
                "a\\bbc~a~bc",
                "x\uD83D\uDE00?yz~x~yz",
                "[^/]*/shadow~``~/shadow",
                "((a|b)c|def)g~``~g",
            })
    void findsWhatIsInAllThatItTakes(String expression, String head, String parts) {
        RegexParts found = RegexParts.of(expression);

        assertThat(found.head()).isEqualTo(head);
        assertThat(found.parts()).isEqualTo(Set.of(parts.split(",")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"(?i).*MimiCatz.*~mimicatz", "(?si)curl~curl", "(?i).*password=.*~word=", "(?i)é*Kelvin~elvin"})
    void findsPartsInEitherCase(String expression, String part) {
        assertThat(RegexParts.of(expression)).isEqualTo(new RegexParts("", Set.of(part), true));
    }

    @Test
    void readsTheOtherFlagsAsNone() {
        assertThat(RegexParts.of("(?sU)^curl.*")).isEqualTo(new RegexParts("curl", Set.of("curl"), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a(?i)curl",
                "(?i:curl)",
                "(?-i)curl",
                "(?P<name>curl)",
                "\\Qcurl\\E",
                "curl\\x41",
                "[]a]bcd",
                "[^]a]bcd",
                "[a\\]]bcd",
                "[[:alpha:]]bcd",
                "a{,3}bcd",
                "bcd|",
                "(bcd|)",
                ".*",
                "curl|.*",
                "a{bcd"
            })
    void claimsNothingOfWhatItDoesNotRead(String expression) {
        Pattern.compile(expression);

        assertThat(RegexParts.of(expression)).isEqualTo(new RegexParts("", Set.of(), false));
    }

    /** A text that matches and is not looked at would be an alarm that is lost. */
    @Test
    void keepsAllThatRe2Takes() {
        Random random = new Random(7);
        List<String> texts = texts();
        int expressions = 0;
        int known = 0;
        while (expressions < 3_000) {
            String expression = pick(random, "", "", "(?i)", "(?s)", "(?i)^", "^") + expression(random, 3);
            Pattern pattern;
            try {
                pattern = Pattern.compile(expression);
            } catch (PatternSyntaxException other) {
                continue;
            }
            expressions++;
            RegexParts parts = RegexParts.of(expression);
            known += parts.head().isEmpty() && parts.parts().isEmpty() ? 0 : 1;
            for (String text : texts) {
                if (!parts.mayBe(text) && pattern.matches(text)) {
                    fail("%s takes %s, %s", expression, text, parts);
                }
            }
        }
        assertThat(known).isGreaterThan(expressions / 4);
    }

    private static List<String> texts() {
        List<String> all = new ArrayList<>(List.of(""));
        for (int at = 0; at < all.size() && all.get(at).length() < 5; at++) {
            all.add(all.get(at) + "a");
            all.add(all.get(at) + "b");
            all.add(all.get(at) + ".");
        }
        for (String text : List.copyOf(all)) {
            all.add(text.replace('a', 'A').replace('b', '\u212a'));
            all.add(text.replace('a', 'k').replace('b', '\n'));
        }
        return all;
    }

    private static String expression(Random random, int depth) {
        StringBuilder made = new StringBuilder();
        int parts = 1 + random.nextInt(4);
        for (int part = 0; part < parts; part++) {
            made.append(
                    switch (random.nextInt(depth > 0 ? 14 : 9)) {
                        case 0, 1, 2 -> "a";
                        case 3 -> "b";
                        case 4 -> pick(random, "b", "b", "k", "K", "A");
                        case 5 -> "\\.";
                        case 6 -> ".";
                        case 7 ->
                            pick(
                                    random,
                                    "[ab]",
                                    "[^a]",
                                    "[]a]",
                                    "[^]a]",
                                    "[a\\]b]",
                                    "[[:alpha:]b]",
                                    "[a-]",
                                    "\\w",
                                    "\\W");
                        case 8 -> pick(random, "^", "$", "\\b", "\\B", "\\x61", "{", "}", "]", "\\Qa\\E", "(?i)");
                        case 9 -> "(" + expression(random, depth - 1) + ")";
                        case 10 -> "(?:" + expression(random, depth - 1) + ")";
                        case 11 -> "(" + expression(random, depth - 1) + "|" + expression(random, depth - 1) + ")";
                        case 12 -> "(?P<n>" + expression(random, depth - 1) + ")";
                        default -> expression(random, depth - 1) + "|" + expression(random, depth - 1);
                    });
            made.append(pick(random, "", "", "", "", "*", "+", "?", "*?", "+?", "{2}", "{0,1}", "{0}", "{1,}", "{,2}"));
        }
        return made.toString();
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
