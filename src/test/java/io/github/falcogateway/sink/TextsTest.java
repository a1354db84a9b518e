package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each text that is used has one number, and one that nobody uses any more has none. */
class TextsTest {

    private final Texts texts = new Texts(1 << 24);

    @Test
    void knowsAnyTextsThatComeAndGo() {
        Random random = new Random(1);
        Map<String, Integer> uses = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            // Many at first, then few, then many again: it widens, and its numbers are given anew.
            int many = i / 50_000 % 2 == 0 ? 4000 : 100;
            String text = "text " + random.nextInt(many);
            if (random.nextBoolean()) {
                int number = texts.use(text);
                assertThat(numbers.getOrDefault(text, number)).isEqualTo(number);
                numbers.put(text, number);
                uses.merge(text, 1, Integer::sum);
            } else if (uses.containsKey(text)) {
                texts.release(texts.find(text));
                if (uses.merge(text, -1, Integer::sum) == 0) {
                    uses.remove(text);
                    numbers.remove(text);
                }
            }
            assertThat(texts.find(text)).isEqualTo(numbers.getOrDefault(text, Texts.NONE));
        }
        assertThat(numbers.values()).doesNotHaveDuplicates().allMatch(number -> number <= 4000);
        numbers.forEach((text, number) -> {
            assertThat(texts.find(text)).isEqualTo(number);
            assertThat(texts.text(number)).isEqualTo(text);
        });
    }

    @Test
    void theEmptyTextIsAlwaysThere() {
        assertThat(texts.use("")).isEqualTo(Texts.EMPTY);
        texts.release(Texts.EMPTY);
        assertThat(texts.find("")).isEqualTo(Texts.EMPTY);
        assertThat(texts.text(Texts.EMPTY)).isEmpty();
    }

    @Test
    void isFullUntilOneIsReleased() {
        Texts few = new Texts(3);
        few.use("a");
        assertThat(few.isFull()).isFalse();
        int second = few.use("b");
        assertThat(few.isFull()).isTrue();
        few.release(second);
        assertThat(few.isFull()).isFalse();
        assertThat(few.use("c")).isEqualTo(second);
    }

    @Test
    void withoutANumberFurtherValuesAreCountedTogether() {
        ValueCounts counts = new ValueCounts(new Texts(3));
        for (String value : new String[] {"a", "b", "c", "a"}) {
            boolean unused = counts.add(0, value, 1, 20);
        }
        assertThat(counts.of(0)).isEqualTo(new Counts(Map.of("a", 2L, "b", 1L), 1));
    }
}
