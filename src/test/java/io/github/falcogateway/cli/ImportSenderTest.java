package io.github.falcogateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.JournalLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ImportSenderTest {

    private static final String TOO_LARGE =
            "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    @Test
    void takesAnAnswerThatComesWhileItSends() throws Exception {
        try (ServerSocket server = new ServerSocket()) {
            // Less than what is sent, so that whoever sends is still at it when the connection ends.
            server.setReceiveBufferSize(1 << 16);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread refusing = new Thread(() -> refuse(server));
            refusing.start();
            ImportSender sender = new ImportSender(to(server.getLocalPort()), false);
            ImportChunk chunk = new ImportChunk(0);
            chunk.add(new JournalLine(null, null, "{\"output\":\"" + "x".repeat(15 << 20) + "\"}"), "here");
            sender.send(chunk);
            assertThat(sender.rejected()).isEqualTo(1);
            assertThat(sender.sent()).isZero();
        }
    }

    private static GatewayOption to(int port) {
        GatewayOption gateway = new GatewayOption();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("to", CommandLine.Model.CommandSpec.forAnnotatedObject(gateway)))
                .parseArgs("--to", "http://127.0.0.1:" + port);
        return gateway;
    }

    /** Refuses each request while it comes, and ends the connection. */
    private static void refuse(ServerSocket server) {
        try {
            while (true) {
                try (Socket client = server.accept()) {
                    client.getInputStream().readNBytes(1000);
                    client.getOutputStream().write(TOO_LARGE.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException ended) {
            // the test is over
        }
    }
}
