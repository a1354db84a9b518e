package io.github.falcogateway.sink.discord;

/**
 * A named value of an embed, ready to send. Immutable.
 *
 * @param inline whether Discord may put it beside others
 */
record EmbedField(String name, String value, boolean inline) {}
