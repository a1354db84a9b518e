/** What Vert.x makes for somebody who ends before the verticle does that made it. */
@NullMarked
package io.github.falcogateway.lifetime;

import org.jspecify.annotations.NullMarked;
