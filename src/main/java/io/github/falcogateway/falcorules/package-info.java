/** Falco's rules files: which rules there are, and what they are by Falco's own merging. */
@NullMarked
package io.github.falcogateway.falcorules;

import org.jspecify.annotations.NullMarked;
