/** What people and their tools see: the event stream, the JSON API, the page. */
@NullMarked
package io.github.falcogateway.live;

import org.jspecify.annotations.NullMarked;
