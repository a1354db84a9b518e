/** Who may send events and who may look at them. */
@NullMarked
package io.github.falcogateway.auth;

import org.jspecify.annotations.NullMarked;
