/** Every meter of the gateway as a named method, and the closed lists of reasons. */
@NullMarked
package io.github.falcogateway.telemetry;

import org.jspecify.annotations.NullMarked;
