package io.github.falcogateway.sink.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.telemetry.Scraper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScrapersTest {

    private final Scrapers scrapers = new Scrapers();

    @Test
    void remembersForEachScraperWhatItWasShown() {
        assertThat(shown("a", 1, 5)).isZero();
        assertThat(shown("a", 1, 7)).isEqualTo(5);
        assertThat(shown("b", 1, 8)).isZero();
        assertThat(shown("a", 1, 8)).isEqualTo(7);
        assertThat(scrapers.shown(Scraper.VISITOR, 9, () -> 0)).isEqualTo(9);
    }

    @Test
    void carriesOnOverANewConnectionAndTellsTwoThatStayApart() {
        assertThat(shown("a", 1, 5)).isZero();
        assertThat(shown("a", 2, 7)).isEqualTo(5);
        assertThat(shown("a", 1, 8)).isEqualTo(5);
        assertThat(shown("a", 2, 8)).isEqualTo(7);
    }

    @Test
    void carriesOnAfterARestart() {
        shown("a", 1, 5);
        Map<String, Long> kept = scrapers.changes();
        assertThat(scrapers.isChanged()).isFalse();
        Scrapers next = new Scrapers();
        next.restore(kept);
        assertThat(next.shown(new Scraper("a", 3), 6, () -> 0)).isEqualTo(5);
    }

    private long shown(String key, int port, long births) {
        return scrapers.shown(new Scraper(key, port), births, () -> 0);
    }
}
