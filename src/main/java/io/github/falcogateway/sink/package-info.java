/** What a sink is, and the verticle around one: its place, its batches, its retries, its accounting. */
@NullMarked
package io.github.falcogateway.sink;

import org.jspecify.annotations.NullMarked;
