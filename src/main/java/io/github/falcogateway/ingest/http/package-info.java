/** Events over HTTP: Falco's http_output, Falcosidekick's webhook, curl. */
@NullMarked
package io.github.falcogateway.ingest.http;

import org.jspecify.annotations.NullMarked;
