package io.github.falcogateway.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputFieldsTest {

    /** Of up to forty names, so that it grows and becomes a hash map, taken, taken again and taken away. */
    @Test
    void isWhatALinkedHashMapWouldBe() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            OutputFields.Builder made = new OutputFields.Builder();
            Map<String, FieldValue> wanted = new LinkedHashMap<>();
            int names = 1 + random.nextInt(40);
            for (int i = random.nextInt(80); i > 0; i--) {
                String name = "field." + random.nextInt(names);
                FieldValue value = random.nextInt(5) == 0 ? null : new FieldValue.Num(Integer.toString(i));
                made.put(name, value);
                if (value == null) {
                    wanted.remove(name);
                } else {
                    wanted.put(name, value);
                }
                assertThat(made.size()).isEqualTo(wanted.size());
                assertThat(made.has(name)).isEqualTo(value != null);
            }
            Map<String, FieldValue> fields = made.build();
            assertThat(fields).isEqualTo(wanted).hasSameHashCodeAs(wanted);
            assertThat(List.copyOf(fields.entrySet())).isEqualTo(List.copyOf(wanted.entrySet()));
            List<String> told = new ArrayList<>();
            fields.forEach((name, value) -> told.add(name + value.text()));
            assertThat(told).hasSize(wanted.size());
            for (int i = 0; i < names; i++) {
                String name = "field." + i;
                assertThat(fields.get(name)).isEqualTo(wanted.get(name));
                assertThat(fields.containsKey(name)).isEqualTo(wanted.containsKey(name));
            }
        }
    }

    @Test
    void tellsNamesOfTheSameHashApart() {
        OutputFields.Builder made = new OutputFields.Builder();
        made.put("Aa", new FieldValue.Num("1"));
        made.put("BB", new FieldValue.Num("2"));

        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        assertThat(made.build())
                .containsExactly(Map.entry("Aa", new FieldValue.Num("1")), Map.entry("BB", new FieldValue.Num("2")));
    }
}
