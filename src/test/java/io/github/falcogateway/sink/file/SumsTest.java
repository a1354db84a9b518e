package io.github.falcogateway.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SumsTest {

    @Test
    void holdsWhatAMapHolds() {
        Random random = new Random(20261130);
        Map<Long, Long> map = new HashMap<>();
        Sums sums = new Sums();
        for (int i = 1; i <= 20_000; i++) {
            long id = 1 + random.nextInt(10_000) + (random.nextBoolean() ? 0 : 1L << 40);
            map.put(id, (long) i);
            sums.put(id, i);
        }
        for (long id = 1; id <= 20_000; id++) {
            assertThat(sums.get(id)).isEqualTo(map.getOrDefault(id, 0L));
        }
        map.forEach((id, sum) -> assertThat(sums.get(id)).isEqualTo(sum));
        sums.clear();
        map.forEach((id, sum) -> assertThat(sums.get(id)).isZero());
    }
}
