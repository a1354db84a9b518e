package io.github.falcogateway.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An HTTP server on loopback that keeps what it got and answers as told. Thread-safe. */
public final class Receiver implements AutoCloseable {

    /** One request as it came. */
    public record Request(String method, String uri, Map<String, String> headers, Buffer body) {

        public String text() {
            return body.toString(StandardCharsets.UTF_8);
        }
    }

    /** One answer; a status of 0 is none at all. */
    public record Answer(int status, Map<String, String> headers, String body) {

        public static Answer status(int status) {
            return new Answer(status, Map.of(), "");
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Request> taken = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Answer> next = new ArrayDeque<>();
    private final HttpServer server;
    private volatile Function<Request, Answer> otherwise = request -> Answer.status(200);

    public Receiver() throws Exception {
        server = Patience.get(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                    request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
                    Request got = new Request(request.method().name(), request.uri(), headers, body);
                    requests.add(got);
                    Answer answer = answer(got);
                    if (answer.status() == 200) {
                        taken.add(got);
                    }
                    if (answer.status() != 0) {
                        answer.headers().forEach(request.response()::putHeader);
                        request.response().setStatusCode(answer.status()).end(answer.body());
                    }
                }))
                .listen(0, "127.0.0.1"));
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.actualPort() + path;
    }

    public synchronized void next(Answer... answers) {
        next.addAll(List.of(answers));
    }

    public void otherwise(Function<Request, Answer> answer) {
        otherwise = answer;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Those that were answered 200. */
    public List<Request> taken() {
        return List.copyOf(taken);
    }

    private synchronized Answer answer(Request request) {
        return next.isEmpty() ? otherwise.apply(request) : next.removeFirst();
    }

    @Override
    public void close() throws Exception {
        Patience.get(vertx.close());
    }
}
