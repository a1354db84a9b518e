package io.github.falcogateway.sink.http;

import java.util.Locale;

/** How events are written. */
public enum Format {
    /** As kept, what Falco itself sends: for another gateway, Falcosidekick, anything of Falco's. */
    FALCO("application/json", "application/x-ndjson"),
    /**
     * What Falcosidekick sends to its UI: {@code {"event":{…},"outputs":[…]}} to {@code /api/v1/}.
     *
     * @see <a href="https://github.com/falcosecurity/falcosidekick/blob/master/outputs/webui.go">webui.go</a>
     */
    FALCOSIDEKICK_UI("application/json", ""),
    /**
     * CloudEvents 1.0 in structured mode.
     *
     * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON format</a>
     */
    CLOUDEVENTS("application/cloudevents+json", "application/cloudevents-batch+json"),
    /** A text of the user's with Mustache tags. */
    TEMPLATE("application/json", "");

    private final String one;
    private final String several;

    Format(String one, String several) {
        this.one = one;
        this.several = several;
    }

    /** The word in the configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether several events can be one body. */
    public boolean canBatch() {
        return !several.isEmpty();
    }

    String contentType(boolean batched) {
        return batched ? several : one;
    }
}
