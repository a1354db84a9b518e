/** The journal's new events through the rule table to the sinks' addresses. */
@NullMarked
package io.github.falcogateway.dispatch;

import org.jspecify.annotations.NullMarked;
