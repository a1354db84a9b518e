package io.github.falcogateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the live view shows of the past, and what it keeps of that. */
class PastTest extends LivePage {

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
