package io.github.falcogateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger told = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void oneThatFailsKeepsNoneOfTheOthersBack() {
        Context loop = vertx.getOrCreateContext();
        Answers answers = new Answers();
        answers.add(loop, AnswersTest::fail);
        answers.add(loop, told::incrementAndGet);
        answers.add(null, AnswersTest::fail);
        answers.add(null, told::incrementAndGet);
        answers.tell();
        await().untilAsserted(() -> assertThat(told).hasValue(2));
    }

    private static void fail() {
        throw new IllegalStateException("the head of the answer was sent already");
    }
}
