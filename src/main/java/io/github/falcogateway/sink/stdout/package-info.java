/** Writes events to the standard output, for containers whose log is collected. */
@NullMarked
package io.github.falcogateway.sink.stdout;

import org.jspecify.annotations.NullMarked;
