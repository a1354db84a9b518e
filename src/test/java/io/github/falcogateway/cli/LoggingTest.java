package io.github.falcogateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LoggingTest {

    @Test
    void isWhatTheShippedFileSays() throws Exception {
        LoggerContext builtIn = new LoggerContext();
        Logging.apply(builtIn);
        LoggerContext file = new LoggerContext();
        JoranConfigurator reader = new JoranConfigurator();
        reader.setContext(file);
        reader.doConfigure(Path.of("conf/logback.xml").toFile());

        assertThat(levels(builtIn)).isEqualTo(levels(file)).containsEntry("io.netty", Level.WARN);
        assertThat(console(builtIn).getTarget()).isEqualTo(console(file).getTarget());
        assertThat(pattern(builtIn)).isEqualTo(pattern(file));
    }

    private static Map<String, Level> levels(LoggerContext logging) {
        Map<String, Level> levels = new TreeMap<>();
        for (Logger logger : logging.getLoggerList()) {
            if (logger.getLevel() != null) {
                levels.put(logger.getName(), logger.getLevel());
            }
        }
        return levels;
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext logging) {
        return (ConsoleAppender<ILoggingEvent>) logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .iteratorForAppenders()
                .next();
    }

    private static String pattern(LoggerContext logging) {
        return ((PatternLayoutEncoder) console(logging).getEncoder()).getPattern();
    }
}
