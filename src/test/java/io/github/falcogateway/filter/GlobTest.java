package io.github.falcogateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    /** As glibc's fnmatch does. */
    @ParameterizedTest
    @CsvSource({"[[:], '[:', x]", "[[:digit:]], 07, d:]", "[[:digit:]:], 7:, d]"})
    void takesACharacterOfABracket(String pattern, String taken, String not) {
        Glob glob = new Glob(pattern, false);

        assertThat(taken.chars()).allMatch(c -> glob.matches(Character.toString(c)));
        assertThat(not.chars()).noneMatch(c -> glob.matches(Character.toString(c)));
    }

    @ParameterizedTest
    @CsvSource({"[[:]x], [x]", "[[:]x], :x]", "[[:]], []", "[[:]], :]"})
    void endsABracketAtItsFirstClosingOne(String pattern, String text) {
        assertThat(new Glob(pattern, false).matches(text)).isTrue();
    }
}
