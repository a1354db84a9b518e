/** Event-bus addresses and typed channels; the only caller of the event bus. */
@NullMarked
package io.github.falcogateway.bus;

import org.jspecify.annotations.NullMarked;
