/** The configuration files as records: strict, every problem at once, each with its place. */
@NullMarked
package io.github.falcogateway.config;

import org.jspecify.annotations.NullMarked;
