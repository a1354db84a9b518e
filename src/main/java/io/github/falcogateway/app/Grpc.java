package io.github.falcogateway.app;

import io.github.falcogateway.ingest.grpc.SourceOptions;
import io.github.falcogateway.intake.Intake;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.serve.grpc.GrpcVerticle;
import io.github.falcogateway.serve.grpc.ServeOptions;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is taken and served over gRPC. Thread-safe. */
final class Grpc {

    private final Vertx vertx;
    private final Sources sources;
    private final @Nullable GrpcVerticle server;

    /**
     * Both sides, not begun.
     *
     * @param served where events are served; null for nowhere
     */
    Grpc(Vertx vertx, Telemetry telemetry, Intake intake, Journal journal, @Nullable ServeOptions served) {
        this.vertx = vertx;
        this.sources = new Sources(vertx, telemetry, intake);
        this.server =
                served == null ? null : new GrpcVerticle(served, journal, telemetry.subscribers(), telemetry.version());
    }

    /** Listens, and begins to ask the sources. */
    Future<Void> start(List<SourceOptions> wanted) {
        Future<?> listening = server == null ? Future.succeededFuture() : vertx.deployVerticle(server);
        return listening.compose(done -> sources.apply(wanted));
    }

    /** Takes the sources of another configuration, and the certificate as its files are now. */
    Future<Void> take(List<SourceOptions> wanted) {
        if (server != null) {
            server.renew();
        }
        return sources.apply(wanted);
    }

    /** Asks the sources for nothing more; done once what came is journaled. */
    Future<Void> stopTaking() {
        return sources.stop();
    }

    /** Ends the calls of those that are served. */
    Future<Void> stopServing() {
        return server == null ? Future.succeededFuture() : vertx.undeploy(server.deploymentID());
    }

    void mount(Router router) {
        sources.mount(router);
    }
}
