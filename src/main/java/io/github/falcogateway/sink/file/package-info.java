/** The file sink: one event a line, rotated and compressed. */
@NullMarked
package io.github.falcogateway.sink.file;

import org.jspecify.annotations.NullMarked;
