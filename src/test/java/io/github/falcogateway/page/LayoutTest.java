package io.github.falcogateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where things are on the screen. */
class LayoutTest extends SampleFleetPage {

    private static double edge(String css, String side) {
        String script = "return document.querySelector(arguments[0]).getBoundingClientRect()[arguments[1]]";
        return ((Number) browser.run(script, css, side)).doubleValue();
    }

    @Test
    void laysNoFieldOfTheFormOverAnother() {
        look("/?view=silences");
        browser.await("the form", () -> !browser.all("#silence-comment").isEmpty());
        assertThat(edge("#silence-author", "right")).isLessThan(edge("#silence-comment", "left"));
    }

    @Test
    void showsWhichViewIsOpenOnANarrowScreenToo() {
        browser.size(390, 844);
        look("/?view=rejected");
        browser.awaitText("#view-rejected td", "not_json");
        assertThat(edge("#views [aria-current]", "right")).isLessThanOrEqualTo(390);
    }
}
