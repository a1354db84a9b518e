package io.github.falcogateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.falcorules.FalcoRules;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The views beside the live one, in a real browser. */
class ViewsTest extends SampleFleetPage {

    @Test
    void countsByAFieldAndLeadsDownToTheEvents() {
        look("/?view=summary");
        browser.awaitText("#view-summary td", "Delete or rename shell history");
        assertThat(browser.texts("#view-summary .totals").get(0)).startsWith("603 events");
        browser.click(By.cssSelector("#view-summary .expand"));
        browser.awaitText("tr.more dt", "user.name");
        browser.all("tr.more a").stream()
                .filter(link -> link.getText().equals("By host"))
                .findFirst()
                .orElseThrow()
                .click();
        browser.await(
                "by host",
                () -> browser.texts("#view-summary td:first-child").stream().anyMatch(key -> key.contains("db-01")));
        assertThat(browser.one("#filter").getAttribute("value")).isEqualTo("rule = \"Delete or rename shell history\"");
        browser.click(By.cssSelector("#view-summary th .sort"));
        assertThat(browser.url()).contains("sort=-key");
        browser.await(
                "sorted",
                () -> browser.texts("#view-summary td:first-child").get(0).contains("web-02"));
        browser.click(By.xpath("//td//button[text()='db-01']"));
        browser.await(
                "narrowed", () -> browser.one("#filter").getAttribute("value").endsWith(" and host = db-01"));
    }

    @Test
    void countsByAnyField() {
        look("/?view=summary&by=user.name");
        browser.awaitText("#view-summary td", "josevnz");
        assertThat(browser.texts("#view-summary td:first-child")).anyMatch(key -> key.contains("root"));
    }

    @Test
    void selectsATimeInTheChart() {
        look("/?view=summary");
        browser.await("the chart", () -> !browser.all(".u-over").isEmpty());
        assertThat(browser.one(".chart").getAttribute("aria-label")).contains("Warning", "Critical");
        browser.drag(browser.one(".u-over"), -200, 200);
        browser.await(
                "a time",
                () -> browser.url().contains("since=") && browser.url().contains("until="));
        browser.await(
                "fewer events",
                () -> !browser.texts("#view-summary .totals").get(0).startsWith("603"));
    }

    @Test
    void givesARouteAndAnOverrideThatWork() throws Exception {
        look("/?view=summary&noise=1");
        browser.awaitText("summary", HOSTILE);
        for (String rule : List.of("Delete or rename shell history", HOSTILE)) {
            browser.all("details.card").stream()
                    .filter(card -> card.getText().contains(rule))
                    .findFirst()
                    .orElseThrow()
                    .findElement(By.tagName("summary"))
                    .click();
            browser.await(
                    "its snippets",
                    () -> browser.texts("details[open] .snippet code").size() == 2);
            List<String> ready = browser.texts("details[open] .snippet code");
            Path file = folder.resolve("more.yaml");
            Files.writeString(
                    file,
                    "- rule: "
                            + new JsonObject()
                                    .put("r", rule)
                                    .encode()
                                    .substring(5)
                                    .replaceAll("}$", "")
                            + "\n  desc: d\n  condition: evt.type = open\n  output: o\n  priority: ERROR\n"
                            + ready.get(0));
            FalcoRules rules = new FalcoRules();
            rules.read(file.toString());
            assertThat(rules.problems()).isEmpty();
            assertThat(String.valueOf(rules.rules().get(0).get("condition")))
                    .startsWith("evt.type = open and not (")
                    .contains("proc.name = ");
            Files.writeString(
                    folder.resolve("routes.yaml"), ready.get(1) + Files.readString(folder.resolve("routes.yaml")));
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/api/routes")).contains("quiet: ");
            routes();
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
            browser.click(By.cssSelector("details[open] summary"));
        }
    }

    @Test
    void showsWhichRulesFireAndWhichNever() {
        look("/?view=rules&show=silent");
        browser.awaitText("#view-rules td", "Never seen");
        browser.find(By.cssSelector("#view-rules select")).sendKeys("Not in the files");
        browser.awaitText("#view-rules td", "Write below binary dir");
        assertThat(browser.texts("#view-rules td")).anyMatch(text -> text.contains("shell history of root only"));
    }

    @Test
    void showsWhereRoutesLeadAndWhatHoldsTheirEventsBack() throws Exception {
        Path file = folder.resolve("routes.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst("to: \\[away\\]", "to: [away]\n  throttle: {max: 5, per: 1h, by: [host]}"));
        assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
        look("/?view=rules");
        browser.awaitText("#view-rules td", "throttle: max 5 · per 1h · by host");
        assertThat(browser.texts("#view-rules td"))
                .contains("nobody (dropped)stops here", "archive, metrics")
                .anyMatch(text -> text.equals("page on-callwhat somebody must see at once"))
                .anyMatch(text -> text.contains("priority >= Error and not host startswith dev-"));
        routes();
        assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsWhyAReloadWasRefused() throws Exception {
        look("/?view=rules");
        browser.awaitText("#view-rules td", "page on-call");
        Files.writeString(folder.resolve("routes.yaml"), "- {route: bad, condition: rule exits, to: [archive]}\n");
        browser.click(By.xpath("//button[text()='Reload the configuration']"));
        browser.awaitText("#view-rules .notice", "routes.yaml:1:");
        browser.awaitText("#reload-error", "routes.yaml:1:");
        routes();
        browser.click(By.xpath("//button[text()='Reload the configuration']"));
        browser.await("it is taken", () -> browser.texts("#view-rules .notice").isEmpty());
    }

    @Test
    void pausesResumesAndTestsASink() throws Exception {
        look("/?view=sinks");
        browser.awaitText(".card .state", "running");
        browser.click(By.cssSelector("[aria-label='Pause archive']"));
        browser.await("paused", () -> gateway.get("/api/sinks").contains("\"state\":\"paused\""));
        browser.await(
                "it says so",
                () -> browser.texts("[aria-label='Sink archive'] .state").equals(List.of("paused")));
        browser.click(By.cssSelector("[aria-label='Resume archive']"));
        browser.await(
                "running",
                () -> browser.texts("[aria-label='Sink archive'] .state").equals(List.of("running")));
        browser.click(By.cssSelector("[aria-label='Send a test to archive']"));
        browser.awaitText("[aria-label='Sink archive'] [role=status]", "delivered");
    }

    @Test
    void listsDeadLettersAndSendsThemAgain() {
        browser.await("dead letters", () -> gateway.get("/api/sinks/away/dead").contains("\"id\""));
        look("/?view=sinks");
        browser.await(
                "the sink",
                () -> !browser.all("[aria-label='Dead letters of away']").isEmpty());
        browser.click(By.cssSelector("[aria-label='Dead letters of away']"));
        browser.awaitText("[aria-label='Sink away'] td", "Write below binary dir");
        browser.click(By.xpath("//button[starts-with(text(),'Redeliver')]"));
        browser.awaitText("[aria-label='Sink away'] [role=status]", "Sent again");
    }

    @Test
    void silencesLikeAnEventAndEndsIt() {
        look("/?event=1");
        browser.awaitText("#drawer h2", "a \"rule\"");
        browser.click(By.linkText("Silence like this"));
        browser.awaitText("#silence-preview", "Matches 3 events");
        browser.one("#silence-author").sendKeys("ann");
        browser.one("#silence-comment").sendKeys("a test");
        browser.press(Keys.ENTER);
        browser.awaitText("#view-silences .state", "active");
        browser.click(By.xpath("//button[text()='End it']"));
        browser.awaitText("#view-silences .state", "expired");
    }

    @Test
    void showsWhatWasRejected() {
        look("/?view=rejected");
        browser.awaitText("#view-rejected td", "not_json");
        browser.click(By.cssSelector("#view-rejected .expand"));
        browser.awaitText("#view-rejected tr.more pre", "no event");
    }
}
