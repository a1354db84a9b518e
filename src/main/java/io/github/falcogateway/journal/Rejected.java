package io.github.falcogateway.journal;

import io.github.falcogateway.event.RejectReason;
import java.time.Instant;

/**
 * Something a sender sent that is no event, in the quarantine. Immutable.
 *
 * @param at when it came
 * @param remote the sender's address
 * @param reason the closed reason
 * @param detail one line for people
 * @param raw the first bytes of what was sent
 * @param size how many bytes it had
 */
public record Rejected(Instant at, String remote, RejectReason reason, String detail, byte[] raw, int size) {}
