/** A value that is never printed. */
@NullMarked
package io.github.falcogateway.secret;

import org.jspecify.annotations.NullMarked;
