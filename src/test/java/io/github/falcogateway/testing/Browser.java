package io.github.falcogateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a window. Confined to one test class. */
public final class Browser implements AutoCloseable {

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    /** Selenium warns of each Chromium newer than itself; the field keeps the logger, and with it its level. */
    private static final Logger QUIET = Logger.getLogger("org.openqa.selenium");

    private static final String MISSING = "skipped: the tests of the page need chromium and chromedriver on the PATH"
            + " (Debian: apt-get install chromium chromium-driver)";

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one; the test is skipped where the machine has no Chromium or no driver for it. */
    public static Browser start(Path profile) {
        Optional<Path> browser =
                BROWSERS.stream().flatMap(name -> find(name).stream()).findFirst();
        Optional<Path> driver = find("chromedriver");
        if (browser.isEmpty() || driver.isEmpty()) {
            System.out.println(MISSING);
            Assumptions.abort(MISSING);
        }
        QUIET.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow().toString());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        Browser started = new Browser(new ChromeDriver(service, options));
        started.size(1280, 800);
        return started;
    }

    private static Optional<Path> find(String program) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public Browser open(String url) {
        driver.get(url);
        return this;
    }

    /** The size of what is seen, not of a window. */
    public void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Makes the system prefer {@code light} or {@code dark}. */
    public void scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                // No colour on its way from one to the other.
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Where the browser believes to be, such as {@code Asia/Tokyo}; empty for the machine's own zone. */
    public void zone(String name) {
        driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", name));
    }

    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    public Object runAsync(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        return driver.executeAsyncScript(script, arguments);
    }

    public WebElement find(By by) {
        return driver.findElement(by);
    }

    /** Clicks on the first such element, once it is there and stays. */
    public void click(By by) {
        await(by + " can be clicked", () -> {
            find(by).click();
            return true;
        });
    }

    public List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    public WebElement one(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** The texts of what is there now, read in one step. */
    @SuppressWarnings("unchecked")
    public List<String> texts(String css) {
        return (List<String>) run(
                "return [...document.querySelectorAll(arguments[0])].filter(e => !e.closest('[hidden]')).map(e => e.textContent)",
                css);
    }

    /** Waits until an element has this text in it. */
    public void awaitText(String css, String text) {
        Awaitility.await(css + " shows " + text)
                .until(() -> texts(css).stream().anyMatch(shown -> shown.contains(text)));
    }

    public void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what).ignoreExceptions().until(condition);
    }

    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    public void clickWithAlt(WebElement element) {
        new Actions(driver).keyDown(Keys.ALT).click(element).keyUp(Keys.ALT).perform();
    }

    /** Drags across an element, from and to so many pixels beside its middle. */
    public void drag(WebElement element, int from, int to) {
        new Actions(driver)
                .moveToElement(element, from, 0)
                .clickAndHold()
                .moveToElement(element, to, 0)
                .release()
                .perform();
    }

    /** The bytes that the page's objects take, without what nobody holds any more. */
    public long heap() {
        driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        return ((Number) driver.executeCdpCommand("Runtime.getHeapUsage", Map.of())
                        .get("usedSize"))
                .longValue();
    }

    /** Lets no request for such addresses through, {@code *} is anything; without any, all again. */
    public void block(String... addresses) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
    }

    /** Ends the session, as a clock or another window would. */
    public void forget() {
        driver.manage().deleteAllCookies();
    }

    public String url() {
        return driver.getCurrentUrl();
    }

    /** What the browser complained of since the last call: errors of scripts, what the policy stopped. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** What axe finds on the page as it is now: rule, help and the elements. */
    @SuppressWarnings("unchecked")
    public List<String> accessibilityFaults() {
        run(axe());
        return (List<String>) runAsync(
                "const done = arguments[0]; axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa',"
                        + "'best-practice']}).then(r => done(r.violations.map(v => v.id + ': ' + v.help + ': '"
                        + " + v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).join(' | '))),"
                        + " e => done(['axe: ' + e]));");
    }

    public void screenshot(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
