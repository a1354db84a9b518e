package io.github.falcogateway.serve.grpc;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.telemetry.SubscriberMeters;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.server.GrpcServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for those who take events over gRPC. Confined to its event loop. */
public final class GrpcVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(GrpcVerticle.class);
    private static final int END_SECONDS = 2;

    private final ServeOptions options;
    private final Journal journal;
    private final OutputsService outputs;
    private final VersionService version;
    private final Callers callers = new Callers();
    private @Nullable HttpServer server;

    /**
     * A listener.
     *
     * @param version the gateway's own
     */
    public GrpcVerticle(ServeOptions options, Journal journal, SubscriberMeters meters, String version) {
        this.options = options;
        this.journal = journal;
        this.outputs = new OutputsService(journal, new Responses(options.jsonOutput()), meters, callers);
        this.version = new VersionService(version);
    }

    @Override
    public Future<?> start() {
        GrpcServer grpc = GrpcServer.server(vertx);
        outputs.bind(grpc);
        version.bind(grpc);
        HttpServer made = vertx.createHttpServer(http());
        made.connectionHandler(this::opened);
        made.requestHandler(grpc);
        server = made;
        return prepare()
                .compose(ready -> made.listen(options.address())
                        .recover(failed -> Future.failedFuture(new IOException(
                                "listen.grpc " + options.address() + ": " + failed.getMessage(), failed))))
                .compose(listening -> set())
                .compose(
                        set -> new Channel<>(vertx, Addresses.JOURNAL_APPENDED, Appended.class).consume(outputs::offer))
                .onSuccess(done -> LOG.info("serving events over gRPC on {}", address()));
    }

    @Override
    public Future<?> stop() {
        outputs.end();
        HttpServer running = server;
        Future<?> ended = running == null ? Future.succeededFuture() : running.shutdown(END_SECONDS, TimeUnit.SECONDS);
        SocketPath path = path();
        return path == null
                ? ended
                : ended.eventually(() -> vertx.executeBlocking(() -> {
                    path.remove();
                    return null;
                }));
    }

    /** Takes the certificate and key as the files are now, for connections from here on. */
    public void renew() {
        HttpServer running = server;
        ServeOptions.Tls tls = options.tls();
        if (running != null && tls != null) {
            context.runOnContext(now -> running.updateSSLOptions(certificates(tls), true)
                    .onFailure(bad ->
                            LOG.error("the gRPC certificate cannot be used, the old one is kept: {}", bad.toString())));
        }
    }

    /** Where it listens, with the port that it got. */
    public String address() {
        SocketAddress address = options.address();
        return address.isDomainSocket()
                ? "unix://" + address.path()
                : address.host() + ":" + (server == null ? address.port() : server.actualPort());
    }

    private void opened(HttpConnection connection) {
        ChannelPipeline pipeline =
                ((HttpServerConnection) connection).channelHandlerContext().pipeline();
        StreamFaults.contain(pipeline);
        if (options.address().isDomainSocket()) {
            SocketAuthority.give(pipeline);
        }
        callers.opened(connection, journal.state().lastId());
    }

    private HttpServerOptions http() {
        HttpServerOptions http = new HttpServerOptions()
                .setIdleTimeout(0)
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true)
                .setHttp2ClearTextEnabled(true);
        ServeOptions.Tls tls = options.tls();
        if (tls != null) {
            ServerSSLOptions ssl = certificates(tls);
            http.setSsl(true).setUseAlpn(true);
            http.setKeyCertOptions(ssl.getKeyCertOptions());
            http.setTrustOptions(ssl.getTrustOptions()).setClientAuth(ssl.getClientAuth());
        }
        return http;
    }

    private static ServerSSLOptions certificates(ServeOptions.Tls tls) {
        ServerSSLOptions ssl = new ServerSSLOptions()
                .setKeyCertOptions(
                        new PemKeyCertOptions().addCertPath(tls.cert()).addKeyPath(tls.key()))
                .setTrustOptions(new PemTrustOptions().addCertPath(tls.clientCa()));
        ssl.setApplicationLayerProtocols(List.of("h2"));
        return ssl.setClientAuth(ClientAuth.REQUIRED);
    }

    private @Nullable SocketPath path() {
        SocketAddress address = options.address();
        return address.isDomainSocket() ? new SocketPath(Path.of(address.path()), options.socket()) : null;
    }

    private Future<Void> prepare() {
        SocketPath path = path();
        return path == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    path.prepare();
                    return null;
                });
    }

    private Future<Void> set() {
        SocketPath path = path();
        return path == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    path.set();
                    return null;
                });
    }
}
