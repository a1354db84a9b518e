package io.github.falcogateway.page;

import io.github.falcogateway.testing.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** For tests of the page in a real browser, one for each class of tests. */
abstract class InBrowser {

    @TempDir
    static Path profile;

    static Browser browser;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start(profile);
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }
}
