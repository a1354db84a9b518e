/** Falco's condition language: text to tree to yes or no, with the part that failed. */
@NullMarked
package io.github.falcogateway.filter;

import org.jspecify.annotations.NullMarked;
