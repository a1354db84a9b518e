package io.github.falcogateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What the page says while the gateway does not answer: never that there is nothing. */
class NoAnswerTest extends LivePage {

    @AfterEach
    void letThrough() {
        browser.block();
    }

    @Test
    void doesNotSayThatNothingMatchesBeforeItKnows() throws Exception {
        gateway.post(event("stored", "Error", "web-1"));
        browser.block("*/api/events*", "*/api/stream*");
        look("/?filter=host+%3D+web-1");
        browser.awaitText("#state", "lost");
        assertThat(browser.texts("#empty")).noneMatch(text -> text.contains("No event"));
        browser.awaitText("#empty", "does not answer");
        browser.block();
        browser.awaitText(RULES, "stored");
    }

    @Test
    void saysThatStoredEventsCouldNotBeReadAndAsksAgain() throws Exception {
        gateway.post(event("stored", "Error", "web-1"));
        browser.block("*/api/events*");
        look("/");
        browser.awaitText("#state", "Live");
        browser.awaitText("#empty", "could not be read");
        browser.block();
        browser.click(By.xpath("//*[@id='empty']//button[text()='Try again']"));
        browser.awaitText(RULES, "stored");
    }

    @Test
    void doesNotSayThatNothingMatchesAFilterThatCannotBeUsed() {
        look("/?filter=rule+%3D");
        browser.awaitText("#filter-error", "rule =");
        assertThat(browser.texts("#empty")).noneMatch(text -> text.contains("No event"));
    }

    @Test
    void doesNotSayThatItIsConnectedWhereAnotherViewIsOpened() {
        browser.block("*/api/events*", "*/api/stream*");
        look("/");
        browser.awaitText("#state", "lost");
        browser.block("*/api/*");
        browser.run(
                "window.said = []; new MutationObserver(() => window.said.push(document.getElementById('state').textContent))"
                        + ".observe(document.getElementById('state'), {childList: true})");
        browser.press("4");
        browser.awaitText("#view-hosts .notice", "The gateway does not answer");
        assertThat(browser.run("return window.said")).isEqualTo(List.of());
        browser.block();
    }

    @Test
    void saysThatAViewCouldNotBeLoaded() {
        browser.block("*/live/hosts.js");
        look("/");
        browser.press("4");
        browser.awaitText("main .notice", "could not be loaded");
        browser.block();
        browser.click(By.xpath("//main//button[text()='Try again']"));
        browser.awaitText("#view-hosts", "No host has sent an event");
    }
}
