package io.github.falcogateway.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.falcogateway.testing.Certificates;
import io.github.falcogateway.testing.RunningGateway;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A sender that does not get through its TLS handshake has lost its event: the log says why. */
class HandshakeTest {

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listenToTheLog() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void leaveTheLog() {
        root().detachAppender(log);
    }

    @Test
    void saysThatASenderSpokeWithoutTls() throws Exception {
        try (RunningGateway gateway = gateway();
                Socket socket = new Socket("127.0.0.1", gateway.port)) {
            socket.getOutputStream().write("POST /secret HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
            await().untilAsserted(() -> assertThat(told()).anyMatch(line -> line.contains("it spoke without TLS")));
            assertThat(told()).noneMatch(line -> line.contains("secret"));
        }
    }

    private RunningGateway gateway() throws Exception {
        Certificates own = Certificates.of(folder, "gateway");
        String tls = "{http: \"127.0.0.1:0\", tls: {cert: " + own.cert() + ", key: " + own.key() + "}}";
        String config = RunningGateway.config(folder, 0).replace("{http: \"127.0.0.1:0\"}", tls);
        return RunningGateway.of(folder, Files.writeString(folder.resolve("gateway.yaml"), config));
    }

    private List<String> told() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
