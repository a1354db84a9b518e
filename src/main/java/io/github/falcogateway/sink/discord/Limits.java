package io.github.falcogateway.sink.discord;

import java.time.Duration;

/**
 * What Discord takes, counted in Unicode code points after trimming, and how much of it one event uses. Immutable.
 *
 * @see <a href="https://docs.discord.com/developers/resources/message#embed-object-embed-limits">Embed limits</a>
 * @see <a href="https://docs.discord.com/developers/resources/webhook#execute-webhook">Execute webhook</a>
 * @see <a href="https://github.com/discord/discord-api-docs/issues/1315">Lengths are code points</a>
 */
final class Limits {

    static final int EMBEDS = 10;
    /** The sum over all embeds of a message: titles, descriptions, authors, footers, field names and values. */
    static final int MESSAGE_TEXT = 6000;

    static final int TITLE = 256;
    static final int DESCRIPTION = 4096;
    static final int FIELDS = 25;
    static final int VALUE = 1024;
    static final int USERNAME = 80;
    /** An allowed_mentions list takes 100; this many of the longest ids also fit the 2000 of {@code content}. */
    static final int ROLES = 50;

    /**
     * Each webhook shares this with all others of its channel; no header shows it before a 429 does.
     *
     * @see <a href="https://github.com/discord/discord-api-docs/issues/1454">30 messages a minute</a>
     */
    static final int MESSAGES_PER_WINDOW = 30;

    static final Duration WINDOW = Duration.ofSeconds(60);

    private Limits() {}
}
