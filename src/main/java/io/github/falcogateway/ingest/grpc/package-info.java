/** Takes events out of Falcos up to 0.43 by their gRPC output; a leaf that nothing else needs. */
@NullMarked
package io.github.falcogateway.ingest.grpc;

import org.jspecify.annotations.NullMarked;
