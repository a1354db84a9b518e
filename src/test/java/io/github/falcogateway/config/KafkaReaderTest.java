package io.github.falcogateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaReaderTest {

    @TempDir
    Path folder;

    @Test
    void tellsOfSettingsThatKafkaDoesNotTakeWithoutTheirValues() throws Exception {
        assertThat(problems("{security.protocol: planted, sasl.login.retry.backoff.ms: planted}"))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).doesNotContain("planted"))
                .anySatisfy(problem -> assertThat(problem).contains("security.protocol has a value", "SASL_SSL"))
                .anySatisfy(problem -> assertThat(problem).contains("backoff.ms has a value", "Not a number"));
    }

    @Test
    void leavesWhatThePromisesStandOnToTheSink() throws Exception {
        assertThat(problems("{partitioner.ignore.keys: \"true\", retries: \"0\", request.timeout.ms: \"1\"}"))
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem).endsWith("is the sink's own"));
    }

    @Test
    void warnsOfANameThatTheProducerDoesNotKnow() throws Exception {
        assertThat(problems("{sasl.mechanisms: PLAIN}"))
                .singleElement()
                .asString()
                .contains("warning")
                .contains("knows no sasl.mechanisms", "sasl.mechanism\"");
        assertThat(problems("{sasl.mechanism: PLAIN, security.protocol: SASL_SSL, client.id: a}"))
                .isEmpty();
    }

    @Test
    void tellsOfABrokerAndATopicThatCannotBe() throws Exception {
        String sink = "{type: kafka, brokers: [\"k:99999\", \"k:0\", \"k:9092\"], topic: \"..\"}";
        assertThat(load(sink))
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).contains("a kafka sink needs a topic"));
    }

    private List<String> problems(String properties) throws Exception {
        return load("{type: kafka, brokers: [\"k:9092\"], topic: t, properties: " + properties + "}");
    }

    private List<String> load(String sink) throws Exception {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, "hosts: null\nroutes: []\ndefault: [s]\nsinks:\n  s: " + sink + "\n");
        return ConfigLoader.load(Optional.of(file), Map.of()).problems().stream()
                .map(Object::toString)
                .toList();
    }
}
