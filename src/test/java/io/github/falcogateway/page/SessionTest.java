package io.github.falcogateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.auth.Passwords;
import io.github.falcogateway.testing.Browser;
import io.github.falcogateway.testing.RunningGateway;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page where people log in, in a real browser. */
class SessionTest {

    private static final String HASH = Passwords.hash("correct horse".toCharArray());

    @TempDir
    Path folder;

    @TempDir
    Path profile;

    @Test
    void offersWhoMayOnlyLookNothingThatActs() throws Exception {
        Path htpasswd = folder.resolve("htpasswd");
        Files.writeString(htpasswd, "ann:" + HASH + "\nbob:" + HASH + "\n");
        String auth = "auth: {view: {htpasswd: " + htpasswd + ", operators: [ann]}}\n";
        try (Browser browser = Browser.start(profile);
                RunningGateway gateway = RunningGateway.in(folder, auth)) {
            browser.open("http://127.0.0.1:" + gateway.port + "/?view=sinks");
            browser.one("[name=user]").sendKeys("bob");
            browser.one("[name=password]").sendKeys("correct horse", Keys.ENTER);
            browser.awaitText("#who", "bob");
            browser.awaitText(".card .state", "running");
            assertThat(browser.one("[aria-label='Pause archive']").isDisplayed())
                    .isFalse();
            assertThat(browser.one("[aria-label='Dead letters of archive']").isDisplayed())
                    .isTrue();
            browser.one("#logout").click();
            browser.await("the login page", () -> browser.url().endsWith("/login"));
            assertThat(browser.complaints()).noneMatch(text -> text.contains("Content Security Policy"));
        }
    }

    @Test
    void leadsBackToWhatWasShownAfterTheSession() throws Exception {
        Path htpasswd = folder.resolve("htpasswd");
        Files.writeString(htpasswd, "ann:" + HASH + "\nbob:" + HASH + "\n");
        String auth = "auth: {view: {htpasswd: " + htpasswd + "}}\n";
        try (Browser browser = Browser.start(profile);
                RunningGateway gateway = RunningGateway.in(folder, auth)) {
            browser.open("http://127.0.0.1:" + gateway.port + "/?view=hosts");
            browser.one("[name=user]").sendKeys("bob");
            browser.one("[name=password]").sendKeys("correct horse", Keys.ENTER);
            browser.awaitText("#who", "bob");
            browser.forget();
            browser.press("2");
            browser.await("the login page", () -> browser.url().contains("/login?next="));
            // The page asks by itself too, and may have gone there before the key, which the first field has then.
            String next = URLDecoder.decode(browser.url().split("next=", 2)[1], StandardCharsets.UTF_8);
            assertThat(next).isIn("/?view=hosts", "/?view=summary");
            browser.one("[name=user]").clear();
            browser.one("[name=user]").sendKeys("bob");
            browser.one("[name=password]").sendKeys("correct horse", Keys.ENTER);
            browser.await("the view of before", () -> browser.url().endsWith(next));
        }
    }
}
