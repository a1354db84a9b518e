import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** Reads the body and answers 200: what any server on this machine has to do at the least. */
public final class BareServer {

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        Buffer answer = Buffer.buffer("{\"accepted\":1}");
        DeploymentOptions instances =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        vertx.deployVerticle(
                        () -> new AbstractVerticle() {
                            @Override
                            public void start() {
                                vertx.createHttpServer()
                                        .requestHandler(request -> request.bodyHandler(body -> request.response()
                                                .putHeader("Content-Type", "application/json")
                                                .end(answer.copy())))
                                        .listen(Integer.parseInt(args[0]), "127.0.0.1");
                            }
                        },
                        instances)
                .onSuccess(id -> System.out.println("ready"));
    }
}
