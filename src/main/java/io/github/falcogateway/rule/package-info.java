/** The rule table as a pure value: an event in, the routes it takes out. */
@NullMarked
package io.github.falcogateway.rule;

import org.jspecify.annotations.NullMarked;
