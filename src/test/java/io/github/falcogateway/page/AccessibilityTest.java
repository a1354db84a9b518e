package io.github.falcogateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.Browser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every view, light and dark, wide and narrow; takes the pictures in docs/images too. */
class AccessibilityTest extends SampleFleetPage {

    @Test
    void isFreeOfFaultsThatAxeFinds() throws Exception {
        List<String> faults = new ArrayList<>();
        for (View view : View.values()) {
            browser.size(1280, 800);
            browser.scheme("light");
            look(view.address);
            browser.awaitText(view.css, view.text);
            view.act.accept(browser);
            browser.accessibilityFaults().forEach(fault -> faults.add(view + " light: " + fault));
            shoot(view.name());
            browser.scheme("dark");
            browser.size(360, 740);
            browser.accessibilityFaults().forEach(fault -> faults.add(view + " dark and narrow: " + fault));
            if (!Long.valueOf(360).equals(browser.run("return document.documentElement.scrollWidth"))) {
                faults.add(view + " is wider than 360 px");
            }
            shoot(view.name() + "-narrow");
        }
        faults.addAll(browser.complaints());
        assertThat(faults).isEmpty();
    }

    private enum View {
        LIVE("/", ".grid-body .c-rule", "Delete or rename"),
        EVENT("/?event=590", "#drawer .routes-told", "everything"),
        SUMMARY("/?view=summary", ".legend", "Warning"),
        NOISE("/?view=summary&noise=1", "details.card", "Delete or rename", page -> {
            page.one("details.card summary").click();
            page.await(
                    "its snippets",
                    () -> page.texts("details[open] .snippet code").size() == 2);
        }),
        RULES("/?view=rules", "#view-rules td", "Never seen"),
        HOSTS("/?view=hosts", "#view-hosts td", "db-01"),
        SINKS("/?view=sinks", ".card .state", "running"),
        SILENCES("/?view=silences&condition=host+%3D+web-01", "#silence-preview", "Matches"),
        REJECTED("/?view=rejected", "#view-rejected td", "not_json"),
        KEYS("/", "#state", "Live", page -> page.press("?"));

        private final String address;
        private final String css;
        private final String text;
        private final Consumer<Browser> act;

        View(String address, String css, String text) {
            this(address, css, text, page -> {});
        }

        View(String address, String css, String text, Consumer<Browser> act) {
            this.address = address;
            this.css = css;
            this.text = text;
            this.act = act;
        }
    }

    /** The pictures in docs/images are these. */
    private static void shoot(String name) throws Exception {
        browser.runAsync("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0](true)))");
        browser.screenshot(Path.of("target", "screenshots", name.toLowerCase(Locale.ROOT) + ".png"));
    }
}
