/** Bytes to events and back: JSON, and the form that is kept. */
@NullMarked
package io.github.falcogateway.codec;

import org.jspecify.annotations.NullMarked;
