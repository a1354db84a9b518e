package io.github.falcogateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What was opened, chosen and focused stays so while something else happens. */
class StayingTest extends SampleFleetPage {

    private static final String ROWS = "#view-summary td.c-key";

    @AfterEach
    void letThrough() {
        browser.block();
    }

    private static Object focused() {
        return browser.run("return document.activeElement.textContent");
    }

    @Test
    void leavesRowsOpenWhileAnEventIsLookedAt() {
        look("/?view=summary");
        browser.awaitText(ROWS, "Delete or rename shell history");
        browser.click(By.cssSelector("#view-summary .expand"));
        browser.await("the way", () -> browser.find(By.linkText("The last one")).isDisplayed());
        browser.find(By.linkText("The last one")).sendKeys(Keys.ENTER);
        browser.await("it is open", () -> browser.one("#drawer").isDisplayed());
        browser.press(Keys.ESCAPE);
        browser.await("it is closed", () -> !browser.one("#drawer").isDisplayed());
        assertThat(browser.texts("tr.more a")).contains("The last one");
        assertThat(focused()).isEqualTo("The last one");
    }

    @Test
    void keepsTheFocusOnTheHeadThatSorts() {
        look("/?view=summary");
        browser.awaitText(ROWS, "Delete or rename shell history");
        browser.all("#view-summary .sort").get(1).sendKeys(Keys.ENTER);
        browser.await("sorted", () -> browser.url().contains("sort=-count"));
        assertThat(focused()).isEqualTo("Count");
    }

    @Test
    void showsNoCountsOfAnotherFilter() {
        look("/?view=summary");
        browser.awaitText(ROWS, "Delete or rename shell history");
        browser.one("#filter").sendKeys("rule =", Keys.ENTER);
        browser.awaitText("#view-summary .notice", "");
        browser.run("document.activeElement.blur()");
        browser.press("7");
        browser.awaitText("#view-rejected td", "not_json");
        browser.press("2");
        browser.await("the view", () -> browser.one("#view-summary").isDisplayed());
        assertThat(browser.texts(ROWS)).isEmpty();
        browser.awaitText("#filter-error", "rule =");
    }

    @Test
    void countsAnewWhereTheViewIsOpenedAgain() throws Exception {
        look("/?view=summary&filter=via+%3D+test");
        browser.awaitText("#view-summary .totals", "events");
        String before = browser.texts("#view-summary .totals").get(0);
        gateway.send("POST", "/test");
        browser.press("7");
        browser.awaitText("#view-rejected td", "not_json");
        browser.press("2");
        browser.await(
                "one more",
                () -> !browser.texts("#view-summary .totals").get(0).equals(before)
                        && browser.texts("#view-summary .totals").get(0).contains("events"));
    }

    @Test
    void looksAtRulesWhereItLooksForNoise() {
        look("/?view=summary&noise=1&by=host");
        browser.awaitText("#view-summary details summary", "Delete or rename shell history");
        browser.find(By.id("by")).sendKeys("host");
        browser.awaitText(ROWS, "db-01");
    }

    @Test
    void preparesTheSameSilenceAgain() {
        look("/?view=silences&condition=rule+%3D+gone");
        browser.awaitText("#silence-preview", "Matches");
        browser.one("#silence-author").sendKeys("ann");
        browser.one("#silence-comment").sendKeys("twice");
        browser.press(Keys.ENTER);
        browser.awaitText("#view-silences td", "twice");
        browser.await(
                "it is done",
                () -> browser.one("#silence-condition").getAttribute("value").isEmpty());
        browser.run("document.querySelector('#views a').click()");
        browser.run("const a = document.createElement('a'); a.href = '?view=silences&condition=rule+%3D+gone';"
                + " document.body.append(a); a.click(); a.remove()");
        browser.await(
                "it is there",
                () -> browser.one("#silence-condition").getAttribute("value").equals("rule = gone"));
    }

    @Test
    void doesNotSayThatLettersWereSentWhereThatFailed() {
        browser.await("dead letters", () -> gateway.get("/api/sinks/away/dead").contains("\"id\""));
        look("/?view=sinks");
        browser.block("*/api/sinks/away/dead*");
        browser.click(By.cssSelector("[aria-label='Dead letters of away']"));
        browser.awaitText("[aria-label='Sink away'] [role=status]", "does not answer");
        browser.block("*/redeliver");
        browser.click(By.cssSelector("[aria-label='Dead letters of away']"));
        browser.click(By.xpath("//button[starts-with(text(),'Redeliver')]"));
        browser.awaitText("[aria-label='Sink away'] [role=status]", "does not answer");
    }

    @Test
    void takesTimesByTheClockThatIsShown() {
        browser.run("localStorage.setItem('clock', 'utc')");
        browser.zone("Asia/Tokyo");
        try {
            look("/?view=summary&since=2026-01-01T03:00:00Z&until=2026-01-01T04:00:00Z");
            browser.await(
                    "the control", () -> !browser.all("[aria-label='From']").isEmpty());
            assertThat(browser.one("[aria-label='From']").getAttribute("value")).startsWith("2026-01-01T03:00");
            browser.run("document.querySelector('[aria-label=To]').value = '2026-01-01T05:30:00';"
                    + " [...document.querySelectorAll('.custom button')].at(-1).click()");
            assertThat(browser.url()).contains("until=2026-01-01T05%3A30%3A00.000Z");
        } finally {
            browser.run("localStorage.removeItem('clock')");
            browser.zone("");
        }
    }

    @Test
    void letsTheRestBeReachedAgainWhereTheScreenGrowsWide() {
        browser.size(390, 844);
        look("/?event=1");
        browser.awaitText("#drawer h2", "a \"rule\"");
        assertThat(browser.run("return document.getElementById('main').inert")).isEqualTo(true);
        browser.size(1280, 800);
        browser.await(
                "it can be reached",
                () -> browser.run("return document.getElementById('main').inert")
                        .equals(false));
    }

    @Test
    void staysInTheRowsWhileEventsAreLookedThrough() {
        look("/");
        browser.await("rows", () -> browser.all(".grid-body .row").size() > 5);
        browser.press("j", Keys.ENTER);
        browser.await("it is open", () -> browser.one("#drawer").isDisplayed());
        String first = browser.one("#drawer").getText();
        browser.run("document.getElementById('events').focus()");
        browser.press(Keys.ARROW_DOWN);
        browser.await("another event", () -> !browser.one("#drawer").getText().equals(first));
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("events");
    }
}
