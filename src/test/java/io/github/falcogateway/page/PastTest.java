package io.github.falcogateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What the live view shows of the past, and what it keeps of that. */
class PastTest extends LivePage {

    @AfterEach
    void letThrough() {
        browser.block();
    }

    /** More than the view begins with. */
    private void pauseOverStoredEvents() throws Exception {
        gateway.post(many(450, "stored"));
        look("/");
        browser.awaitText(RULES, "stored 449");
        browser.press(" ");
    }

    @Test
    void addsOlderEventsOnceHoweverOftenTheyAreAskedFor() throws Exception {
        pauseOverStoredEvents();
        browser.run("const older = document.getElementById('older'); older.click(); older.click();");
        browser.awaitText("#totals", "400 shown");
        assertThat(browser.one("#events").getAttribute("aria-rowcount")).isEqualTo("401");
        browser.one("#older").click();
        browser.awaitText("#totals", "450 shown");
        assertThat(browser.one("#older").isDisplayed()).isFalse();
    }

    @Test
    void goesToTheFirstAndTheLastOfMoreThanItKeeps() throws Exception {
        look("/");
        gateway.post(many(1100, "one"));
        gateway.post(many(1100, "two"));
        browser.awaitText(RULES, "two 1099");
        browser.press(" ");
        browser.awaitText("#totals", "2,000 shown, 200 older ones gone by");
        browser.one("#older").click();
        browser.awaitText("#totals", "2,200 shown");
        assertThat(browser.texts("#totals").get(0)).doesNotContain("gone by");
        browser.run("document.getElementById('events').focus()");
        browser.press(Keys.END);
        browser.awaitText("[aria-selected=true] .c-rule", "one 0");
        browser.press(Keys.HOME);
        browser.awaitText("[aria-selected=true] .c-rule", "two 1099");
    }

    @Test
    void saysThatOlderEventsCouldNotBeHad() throws Exception {
        pauseOverStoredEvents();
        browser.block("*/api/events*");
        browser.one("#older").click();
        browser.awaitText("#older", "try again");
        browser.block();
        browser.one("#older").click();
        browser.awaitText("#totals", "400 shown");
        assertThat(browser.texts("#older")).containsExactly("Older events");
    }

    @Test
    void showsWhatIsStoredOnceWhileNoStreamCanBeHad() throws Exception {
        gateway.post(many(3, "stored"));
        browser.block("*/api/stream*");
        look("/");
        browser.run("const Source = EventSource; window.tries = 0; window.EventSource = class extends Source {"
                + " constructor(address) { super(address); window.tries++; } };");
        browser.await("three tries", () -> (Long) browser.run("return window.tries") >= 3);
        assertThat(browser.texts("#state").get(0)).contains("lost");
        assertThat(browser.texts(RULES)).containsExactly("stored 2", "stored 1", "stored 0");
        gateway.post(event("meanwhile", "Error", "web-1"));
        browser.block();
        browser.awaitText("#state", "Live");
        browser.awaitText(RULES, "meanwhile");
        assertThat(browser.texts(RULES)).containsExactly("meanwhile", "stored 2", "stored 1", "stored 0");
    }

    @Test
    void keepsOfALargeEventWhatARowShows() throws Exception {
        look("/");
        gateway.post(event("small", "Error", "web-1"));
        browser.awaitText(RULES, "small");
        long before = browser.heap();
        String large = "<b>a text of 60 KB</b>".repeat(2800);
        for (int part = 0; part < 5; part++) {
            gateway.post(IntStream.range(part * 20, part * 20 + 20)
                    .mapToObj(i -> new JsonObject()
                            .put("rule", "large " + i)
                            .put("priority", "Error")
                            .put("output", large + i)
                            .put("tags", List.of(large))
                            .put("output_fields", new JsonObject().put("proc.cmdline", large))
                            .encode())
                    .collect(Collectors.joining("\n")));
        }
        browser.awaitText(RULES, "large 99");
        assertThat(browser.texts("#totals").get(0)).contains("101 shown");
        assertThat(browser.heap() - before).as("bytes more, of 18 million").isLessThan(6_000_000);
    }
}
