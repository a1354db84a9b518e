package io.github.falcogateway.sink.discord;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes a message as the JSON of Discord's execute-webhook call. Thread-safe. */
final class MessageWriter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final String username;

    /** Messages come under this name; empty for the webhook's own. */
    MessageWriter(String username) {
        this.username = username;
    }

    byte[] write(Message message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            writeIfAny(json, "username", username);
            writeIfAny(json, "content", message.content());
            writeAllowedMentions(json, message);
            json.writeArrayFieldStart("embeds");
            for (Embed embed : message.embeds()) {
                writeEmbed(json, embed);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Without this object Discord would notify every user whom the content names. */
    private static void writeAllowedMentions(JsonGenerator json, Message message) throws IOException {
        json.writeObjectFieldStart("allowed_mentions");
        json.writeArrayFieldStart("parse");
        json.writeEndArray();
        if (!message.roles().isEmpty()) {
            json.writeArrayFieldStart("roles");
            for (String role : message.roles()) {
                json.writeString(role);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeEmbed(JsonGenerator json, Embed embed) throws IOException {
        json.writeStartObject();
        writeNamed(json, "author", "name", embed.author());
        writeIfAny(json, "title", embed.title());
        writeIfAny(json, "description", embed.description());
        json.writeNumberField("color", embed.color());
        json.writeArrayFieldStart("fields");
        for (EmbedField field : embed.fields()) {
            json.writeStartObject();
            json.writeStringField("name", field.name());
            json.writeStringField("value", field.value());
            json.writeBooleanField("inline", field.inline());
            json.writeEndObject();
        }
        json.writeEndArray();
        Instant time = embed.timestamp();
        if (time != null) {
            json.writeStringField("timestamp", TIME.format(time));
        }
        writeNamed(json, "footer", "text", embed.footer());
        json.writeEndObject();
    }

    private static void writeNamed(JsonGenerator json, String object, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeObjectFieldStart(object);
            json.writeStringField(name, text);
            json.writeEndObject();
        }
    }

    private static void writeIfAny(JsonGenerator json, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }
}
