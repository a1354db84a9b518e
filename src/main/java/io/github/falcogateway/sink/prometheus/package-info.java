/** The Prometheus sink: events as series for the scrape. */
@NullMarked
package io.github.falcogateway.sink.prometheus;

import org.jspecify.annotations.NullMarked;
