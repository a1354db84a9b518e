/** The commands a user types. */
@NullMarked
package io.github.falcogateway.cli;

import org.jspecify.annotations.NullMarked;
