package io.github.falcogateway.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;

/**
 * Logging as conf/logback.xml has it, without reading XML at each start; a file that {@code logback.configurationFile} names
 * goes before, and so does the tests' own. Found by Logback through META-INF/services. Confined to one thread.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0} - %msg%n";
    /** A Kafka producer tells its whole configuration, and each second that no broker is there: the sink says so once. */
    private static final Map<String, Level> OTHERS = Map.of(
            "io.micrometer",
            Level.ERROR,
            "io.netty",
            Level.WARN,
            "io.vertx",
            Level.WARN,
            "org.apache.kafka",
            Level.ERROR);

    @Override
    public ExecutionStatus configure(LoggerContext logging) {
        if (System.getProperty("logback.configurationFile") != null
                || Logging.class.getResource("/logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        apply(logging);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void apply(LoggerContext logging) {
        Map<String, String> environment = System.getenv();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(logging);
        console.setTarget("System.err");
        console.setEncoder(encoder(logging, "json".equals(environment.get("FALCO_GATEWAY_LOG"))));
        console.start();
        OTHERS.forEach((name, level) -> logging.getLogger(name).setLevel(level));
        ch.qos.logback.classic.Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(environment.get("FALCO_GATEWAY_LOG_LEVEL"), Level.INFO));
        root.addAppender(console);
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext logging, boolean json) {
        EncoderBase<ILoggingEvent> encoder = json ? json() : text();
        encoder.setContext(logging);
        encoder.start();
        return encoder;
    }

    private static EncoderBase<ILoggingEvent> text() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(PATTERN);
        return encoder;
    }

    private static EncoderBase<ILoggingEvent> json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMDC(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        return encoder;
    }
}
