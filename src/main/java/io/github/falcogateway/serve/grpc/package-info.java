/** Serves events over the gRPC output that Falco had up to 0.43, for every tool that was built on it. */
@NullMarked
package io.github.falcogateway.serve.grpc;

import org.jspecify.annotations.NullMarked;
