/** Sends events to Alertmanager as alerts. */
@NullMarked
package io.github.falcogateway.sink.alertmanager;

import org.jspecify.annotations.NullMarked;
