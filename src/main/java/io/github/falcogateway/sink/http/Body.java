package io.github.falcogateway.sink.http;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.github.falcogateway.codec.JsonText;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.sink.Delivery;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Writes the body of a request. Thread-safe. */
final class Body {

    private final HttpOptions options;
    private final Template template;

    Body(HttpOptions options) {
        this.options = options;
        // Logic-less, and every value is escaped for JSON: event text can end no string and call nothing.
        this.template = Mustache.compiler()
                .withEscaper(raw -> {
                    String quoted = JsonText.quoted(raw);
                    return quoted.substring(1, quoted.length() - 1);
                })
                .defaultValue("")
                .compile(options.template());
    }

    String contentType() {
        return options.contentType().isEmpty()
                ? options.format().contentType(options.batch() > 1)
                : options.contentType();
    }

    Buffer of(List<Delivery> batch) {
        // A body that has to grow is copied as often as it does.
        Buffer body = Buffer.buffer(Delivery.lines(batch));
        boolean several = options.batch() > 1;
        switch (options.format()) {
            case FALCO -> lines(body, batch, several);
            case FALCOSIDEKICK_UI -> userInterface(body, batch.get(0).event());
            case CLOUDEVENTS -> cloudEvents(body, batch, several);
            case TEMPLATE ->
                body.appendString(template.execute(values(batch.get(0).event())));
        }
        return options.gzip() ? gzip(body) : body;
    }

    private static void lines(Buffer body, List<Delivery> batch, boolean several) {
        for (Delivery one : batch) {
            body.appendBytes(one.event().json());
            if (several) {
                body.appendByte((byte) '\n');
            }
        }
    }

    /**
     * Falcosidekick's UI keeps an event under its {@code uuid}, and all that have none under one key; one without a time
     * is of the year 1 to it. The same event has the same {@code uuid} whenever it is sent, so that it is there once.
     */
    private static void userInterface(Buffer body, JournaledEvent journaled) {
        FalcoEvent event = journaled.event();
        byte[] json = journaled.json();
        body.appendString("{\"event\":").appendBytes(json, 0, json.length - 1);
        if (event.uuid() == null || event.uuid().isBlank()) {
            String name = node(journaled) + "/" + journaled.id() + "/" + event.arrival();
            body.appendString(",\"uuid\":\"" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)) + "\"");
        }
        // Where it names none, as a test, it is the time of arrival.
        if (event.time().equals(event.arrival())) {
            body.appendString(",\"time\":\"" + event.time() + "\"");
        }
        body.appendString("},\"outputs\":[\"falco-gateway\"]}");
    }

    private static void cloudEvents(Buffer body, List<Delivery> batch, boolean several) {
        body.appendString(several ? "[" : "");
        for (int i = 0; i < batch.size(); i++) {
            JournaledEvent event = batch.get(i).event();
            body.appendString(i == 0 ? "" : ",")
                    .appendString("{\"specversion\":\"1.0\",\"type\":\"org.falco.event\",\"id\":\"" + event.id() + "\"")
                    .appendString(",\"source\":" + JsonText.quoted("/falco-gateway/" + node(event)))
                    .appendString(
                            ",\"subject\":" + JsonText.quoted(event.event().host()))
                    .appendString(",\"time\":\"" + event.event().time() + "\"")
                    .appendString(",\"datacontenttype\":\"application/json\",\"data\":")
                    .appendBytes(event.json())
                    .appendString("}");
        }
        body.appendString(several ? "]" : "");
    }

    private static String node(JournaledEvent event) {
        var sender = event.event().provenance();
        return sender == null ? "" : sender.node();
    }

    /** What a template can name: an event's own members and each output field by its name. */
    private static Map<String, Object> values(JournaledEvent journaled) {
        FalcoEvent event = journaled.event();
        Map<String, Object> values = new HashMap<>();
        event.fields().forEach((name, value) -> values.put(name, value.text()));
        values.put("id", Long.toString(journaled.id()));
        values.put("rule", event.rule());
        values.put("priority", event.priority().label());
        values.put("severity", Integer.toString(event.priority().severity()));
        values.put("source", event.sourceName());
        values.put("host", event.host());
        values.put("time", event.time().toString());
        values.put("output", event.output());
        values.put("message", event.message());
        values.put("tags", String.join(",", event.tags()));
        return values;
    }

    private static Buffer gzip(Buffer plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length() / 4);
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain.getBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
