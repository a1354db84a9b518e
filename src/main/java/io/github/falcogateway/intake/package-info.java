/** The one doorway: decode, name the host, journal, answer. */
@NullMarked
package io.github.falcogateway.intake;

import org.jspecify.annotations.NullMarked;
