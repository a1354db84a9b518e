/** The Falco event as an immutable value, with the bytes it came in as. */
@NullMarked
package io.github.falcogateway.event;

import org.jspecify.annotations.NullMarked;
