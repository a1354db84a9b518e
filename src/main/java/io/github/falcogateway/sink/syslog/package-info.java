/** Sends events to a syslog server: RFC 5424 over TCP, TLS or UDP. */
@NullMarked
package io.github.falcogateway.sink.syslog;

import org.jspecify.annotations.NullMarked;
