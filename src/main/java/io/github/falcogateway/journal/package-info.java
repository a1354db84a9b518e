/** The durable log of events, the cursors on it, its retention, the quarantine and the dead letters. */
@NullMarked
package io.github.falcogateway.journal;

import org.jspecify.annotations.NullMarked;
