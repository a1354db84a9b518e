/** Sends events to a topic of Apache Kafka. */
@NullMarked
package io.github.falcogateway.sink.kafka;

import org.jspecify.annotations.NullMarked;
