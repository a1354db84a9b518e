package io.github.falcogateway.filter;

/**
 * Why a condition did not match. Immutable.
 *
 * @param condition the smallest part of it that was false, as written
 * @param actual the value the event had there; {@code absent} where it had none
 */
public record Failure(String condition, String actual) {}
