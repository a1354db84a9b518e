package io.github.falcogateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** Values that are longer than what the page knows of them lead to their events, or nowhere. */
class LongValuesTest extends LivePage {

    private static final String KEYS = "#view-summary td.c-key";

    @Test
    void findsALongValueByItsBeginning() throws Exception {
        String rule = "long \uD83D\uDE00".repeat(1000);
        String tag = "t".repeat(5000);
        gateway.post(new JsonObject(event(rule, "Error", "web-1"))
                .put("tags", new JsonArray().add(tag))
                .encode());
        gateway.post(event("short", "Error", "web-1"));
        look("/");
        browser.await("two rows", () -> browser.texts(RULES).size() == 2);
        browser.run(
                "[...document.querySelectorAll('.c-rule button')].find(e => e.textContent.startsWith('long')).click()");
        browser.await("one row", () -> browser.texts(RULES).size() == 1);
        assertThat((String) browser.run("return document.getElementById('filter').value"))
                .startsWith("rule startswith \"long");
        assertThat(browser.texts(RULES).get(0)).startsWith("long");
        // No check finds a tag by its beginning: a click on it opens the event.
        browser.run("document.querySelector('.tags .tag').click()");
        browser.await("it is open", () -> browser.one("#drawer").isDisplayed());
        browser.run("[...document.querySelectorAll('#drawer .quick button')].find(e => e.title === 'Not this'"
                + " && e.getAttribute('aria-label').startsWith('Not host')).click()");
        browser.awaitText("#empty", "No event matches");
    }

    @Test
    void leadsNowhereFromATagWhoseEndIsNotKnown() throws Exception {
        gateway.post(new JsonObject(event("tagged", "Error", "web-1"))
                .put("tags", new JsonArray().add("t".repeat(5000)).add("brief"))
                .encode());
        browser.open("http://127.0.0.1:" + gateway.port + "/?view=summary&by=tag");
        browser.awaitText(KEYS, "ttt");
        assertThat(browser.texts(KEYS + " .value")).containsExactly("brief");
        browser.click(By.xpath("//td[contains(.,'ttt')]/button[@aria-expanded]"));
        browser.awaitText("tr.more a", "The last one");
        assertThat(browser.texts("tr.more a")).containsExactly("The last one");
    }

    @Test
    void suggestsARouteThatTakesWhatHasALongRule() throws Exception {
        String rule = "long ".repeat(1000).strip();
        gateway.post(event(rule, "Error", "web-1"));
        browser.open("http://127.0.0.1:" + gateway.port + "/?view=summary&noise=1");
        browser.click(By.cssSelector("details.card summary"));
        browser.awaitText(".snippet code", "- route: ");
        assertThat(browser.texts(".snippet code"))
                .hasSize(1)
                .allMatch(text -> text.contains("rule startswith ") && !text.contains("rule = "));
    }
}
