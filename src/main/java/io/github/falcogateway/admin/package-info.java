/** Health, readiness, metrics and reload over HTTP. */
@NullMarked
package io.github.falcogateway.admin;

import org.jspecify.annotations.NullMarked;
