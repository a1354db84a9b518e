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

    /** Discord's flag for a message that rings no phone. */
    private static final int SUPPRESS_NOTIFICATIONS = 1 << 12;

    private final Look look;

    MessageWriter(Look look) {
        this.look = look;
    }

    byte[] write(Message message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            writeIfAny(json, "username", look.username());
            writeIfAny(json, "avatar_url", look.avatarUrl());
            writeIfAny(json, "content", message.content());
            writeAllowedMentions(json, message);
            if (message.silent()) {
                json.writeNumberField("flags", SUPPRESS_NOTIFICATIONS);
            }
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
        writeIfAny(json, "title", embed.title());
        writeIfAny(json, "url", embed.url());
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
        if (!embed.footer().isEmpty()) {
            json.writeObjectFieldStart("footer");
            json.writeStringField("text", embed.footer());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeIfAny(JsonGenerator json, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }
}
