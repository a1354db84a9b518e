package io.github.falcogateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The box of the live view that a filter is written in. */
class FilterBoxTest extends LivePage {

    @Test
    void filtersByTheBoxByAClickAndByAClickWithAlt() throws Exception {
        look("/");
        gateway.post(
                event("one", "Error", "web-1") + event("two", "Notice", "web-2") + event("three", "Error", "web-2"));
        browser.await("three rows", () -> browser.texts(RULES).size() == 3);
        browser.one("#filter").sendKeys("priority >= Error", Keys.ENTER);
        browser.await("two rows", () -> browser.texts(RULES).equals(List.of("three", "one")));
        browser.all(".grid-body .row:not([hidden]) [data-field=host]").get(0).click();
        browser.await("one row", () -> browser.texts(RULES).equals(List.of("three")));
        assertThat(browser.one("#filter").getAttribute("value")).isEqualTo("priority >= Error and host = web-2");
        assertThat(browser.url()).contains("filter=priority+%3E%3D+Error+and+host+%3D+web-2");
        browser.clickWithAlt(
                browser.all(".grid-body .row:not([hidden]) [data-field=host]").get(0));
        browser.await("the other row", () -> browser.texts(RULES).equals(List.of("one")));
        gateway.post(event("four", "Error", "web-3") + event("five", "Error", "web-2"));
        browser.await("the new one", () -> browser.texts(RULES).equals(List.of("four", "one")));
    }

    @Test
    void saysWhatIsWrongWithAFilter() {
        look("/?filter=rule+%3D");
        browser.awaitText("#filter-error", "expected a value");
        assertThat(browser.texts("#filter-error").get(0)).endsWith("\nrule =\n      ^");
        assertThat(browser.one("#filter").getAttribute("aria-invalid")).isEqualTo("true");
        browser.one("#filter").clear();
        browser.one("#filter").sendKeys("rule exists", Keys.ENTER);
        browser.awaitText("#state", "Live");
        assertThat(browser.one("#filter-error").isDisplayed()).isFalse();
    }

    @Test
    void completesFieldsAndValuesThatWereSeen() throws Exception {
        gateway.post(event("a rule", "Error", "web-1").replace("\"user.name\":\"root\"", "\"user.name\":\"josevnz\""));
        look("/");
        browser.awaitText(RULES, "a rule");
        browser.one("#filter").sendKeys("user.na");
        browser.awaitText("#filter-list li", "user.name");
        browser.press(Keys.ARROW_DOWN, Keys.ENTER, "= jo");
        browser.awaitText("#filter-list li", "josevnz");
        browser.press(Keys.ARROW_DOWN, Keys.ENTER);
        assertThat(browser.one("#filter").getAttribute("value")).isEqualTo("user.name = josevnz ");
    }

    @Test
    void completesValuesThatOnlyTheJournalHas() throws Exception {
        gateway.post(event("old", "Error", "web-1").replace("\"user.name\":\"root\"", "\"odd.field\":\"odd value\""));
        gateway.post(many(300, "newer"));
        look("/");
        browser.awaitText(RULES, "newer 299");
        browser.one("#filter").sendKeys("odd");
        browser.awaitText("#filter-list li", "odd.field");
        browser.press(Keys.ARROW_DOWN, Keys.ENTER, "= ");
        browser.awaitText("#filter-list li", "\"odd value\"");
    }

    @Test
    void replacesWhatItOffersForThoughTheCaretMoved() throws Exception {
        look("/");
        browser.one("#filter").sendKeys("priority >= warn", Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_LEFT);
        browser.press(Keys.ARROW_DOWN, Keys.ENTER);
        assertThat(browser.one("#filter").getAttribute("value")).isEqualTo("priority >= Warning ");
    }

    @Test
    void offersNothingOnceTheFilterIsApplied() throws Exception {
        look("/");
        browser.run("const real = fetch; window.fetch = async (...given) => {"
                + " if (!String(given[0]).includes('/api/values')) return real(...given);"
                + " await new Promise(go => { window.letThrough = go; }); const answer = await real(...given);"
                + " answer.clone().text().then(() => setTimeout(() => { window.answered = true; })); return answer; }");
        gateway.post(event("stored", "Error", "web-1"));
        browser.awaitText(RULES, "stored");
        browser.one("#filter").sendKeys("rule = ", Keys.ENTER);
        browser.awaitText("#filter-error", "rule =");
        browser.run("window.letThrough()");
        browser.await("the answer", () -> Boolean.TRUE.equals(browser.run("return window.answered")));
        assertThat(browser.one("#filter-list").isDisplayed()).isFalse();
    }
}
