/** How long to wait before what failed is tried again. */
@NullMarked
package io.github.falcogateway.retry;

import org.jspecify.annotations.NullMarked;
