package io.github.falcogateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.RunningGateway;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The live view where as many streams are open as may be. */
class CrowdedTest extends LivePage {

    /**
     * Has one stream too many get what the gateway answers, until there is room; FeedTest sees that it does: of the 429 to a
     * stream that names no place a browser tells nothing.
     */
    private static void crowd() {
        browser.run("const Real = EventSource; window.room = false; window.EventSource = function (url) {"
                + " if (window.room) return new Real(url);"
                + " const full = new EventTarget(); full.close = () => {}; full.readyState = Real.CLOSED;"
                + " const told = /[?&](after|since)=/.test(url)"
                + " ? new MessageEvent('error', {data: '{\"detail\":\"too many live streams are open\",\"retry_after\":1}'})"
                + " : new Event('error');"
                + " setTimeout(() => full.dispatchEvent(told), 0);"
                + " return full; }; window.EventSource.CLOSED = Real.CLOSED;");
    }

    @Test
    void comesAgainWhereTooManyStreamsAreOpen() throws Exception {
        int port = gateway.port;
        look("/");
        gateway.post(many(2, "before"));
        browser.awaitText(RULES, "before 1");
        crowd();
        gateway.close();
        browser.awaitText("#state", "Too many live views, trying again");
        gateway = RunningGateway.on(port, folder, "");
        gateway.post(many(2, "between"));
        browser.run("window.room = true");
        browser.awaitText("#state", "Live");
        browser.awaitText(RULES, "between 1");
        assertThat(browser.texts(RULES)).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void saysSoToAFirstStreamToo() throws Exception {
        look("/");
        gateway.post(event("stored", "Error", "web-1"));
        browser.awaitText(RULES, "stored");
        crowd();
        browser.one("#filter").sendKeys("rule exists", Keys.ENTER);
        browser.awaitText("#state", "Too many live views, trying again");
        browser.awaitText(RULES, "stored");
        browser.run("window.room = true");
        browser.awaitText("#state", "Live");
        gateway.post(event("fresh", "Error", "web-1"));
        browser.awaitText(RULES, "fresh");
        assertThat(browser.texts(RULES)).containsExactly("fresh", "stored");
    }
}
