/** Posts events on: to another gateway, Falcosidekick, or whatever takes JSON over HTTP. */
@NullMarked
package io.github.falcogateway.sink.http;

import org.jspecify.annotations.NullMarked;
