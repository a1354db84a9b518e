package io.github.falcogateway.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableHistoryTest {

    @Test
    void routesAnEventByTheTableOfItsTime() throws Exception {
        RuleTable first = table();
        RuleTable second = table();
        RuleTable third = table();
        TableHistory tables = new TableHistory(first);
        tables.dispatched(10);
        tables.take(second);
        tables.dispatched(20);
        tables.take(third);
        assertThat(List.of(tables.at(1), tables.at(10), tables.at(11), tables.at(20), tables.at(21), tables.now()))
                .containsExactly(first, first, second, second, third, third);
    }

    @Test
    void keepsABoundedPast() throws Exception {
        TableHistory tables = new TableHistory(table());
        RuleTable oldest = null;
        for (int i = 1; i <= 100; i++) {
            RuleTable next = table();
            oldest = i == 100 - 15 ? next : oldest;
            tables.dispatched(i);
            tables.take(next);
        }
        assertThat(tables.at(1)).isSameAs(oldest);
    }

    private static RuleTable table() throws RuleProblems {
        return RuleTable.compile(new RuleSet(Map.of(), Map.of(), List.of(), List.of(), Set.of()));
    }
}
