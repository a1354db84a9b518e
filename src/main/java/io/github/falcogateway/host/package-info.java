/** Who sent an event: claims, the host table, the address. */
@NullMarked
package io.github.falcogateway.host;

import org.jspecify.annotations.NullMarked;
