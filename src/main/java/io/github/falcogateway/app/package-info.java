/** The graph of the gateway, built in one straight method, and its start and stop. */
@NullMarked
package io.github.falcogateway.app;

import org.jspecify.annotations.NullMarked;
