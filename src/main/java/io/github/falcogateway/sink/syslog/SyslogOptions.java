package io.github.falcogateway.sink.syslog;

import io.github.falcogateway.sink.ClientTls;
import java.time.Duration;

/**
 * What a syslog sink is told. Immutable.
 *
 * @param transport how messages are carried
 * @param host the server
 * @param port its port
 * @param facility 0 to 23
 * @param appName what the messages say they come from
 * @param json whether a message is the kept event; else Falco's text
 * @param maxSize the most bytes of a message; what is longer is cut
 * @param tls how the server is known, and we to it
 * @param timeout how long connecting and writing may take
 */
public record SyslogOptions(
        Transport transport,
        String host,
        int port,
        int facility,
        String appName,
        boolean json,
        int maxSize,
        ClientTls tls,
        Duration timeout) {

    /** How messages are carried, with the port each has by default. */
    public enum Transport {
        /** One datagram a message, RFC 5426. */
        UDP(514),
        /** Octet counting over TCP, RFC 6587. */
        TCP(601),
        /** The same over TLS, RFC 5425. */
        TLS(6514);

        private final int port;

        Transport(int port) {
            this.port = port;
        }

        public int port() {
            return port;
        }
    }
}
