package io.github.falcogateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final List<String> ROW =
            List.of("12", "Informational", "A rule with quite a long name", "web-1", "2026");

    private static Table table() {
        Table table = new Table("COUNT", "PRIORITY", "RULE", "HOSTS", "LAST");
        table.add(ROW.toArray(String[]::new));
        return table;
    }

    @Test
    void letsTheWidestColumnGiveWayAndThenLeavesSomeOut() {
        int[] wide = table().widths(200);
        assertThat(Table.line(ROW, wide)).isEqualTo("12     Informational  A rule with quite a long name  web-1  2026");
        Table fits = table().rigid(0, 1, 4).optional(3);
        assertThat(Table.line(ROW, fits.widths(60)))
                .isEqualTo("12     Informational  A rule with quite a long…  web-1  2026");
        assertThat(Table.line(ROW, fits.widths(46))).isEqualTo("12     Informational  A rule with qui…  2026");
        for (int width = 30; width < 100; width++) {
            assertThat(Table.width(Table.line(ROW, fits.widths(width)))).isLessThanOrEqualTo(width);
        }
    }

    @Test
    void countsColumnsAndShowsNoEscapeSequence() {
        assertThat(Table.width("日本")).isEqualTo(4);
        assertThat(Table.width("abc…")).isEqualTo(4);
        assertThat(Table.cut("日本語", 5)).isEqualTo("日本…");
        assertThat(Table.printable("a\u001b[31m\u202eb\n")).isEqualTo("a·[31m·b·");
    }
}
