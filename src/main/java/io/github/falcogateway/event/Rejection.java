package io.github.falcogateway.event;

/**
 * One thing a sender sent that is no event. Immutable.
 *
 * @param index its position in the request, from 0
 * @param reason the closed reason
 * @param detail one line for people: what is wrong and what would be right
 * @param raw the bytes as they came
 */
public record Rejection(int index, RejectReason reason, String detail, byte[] raw) {}
