package io.github.falcogateway.ingest.grpc;

import io.github.falcogateway.lifetime.Lifetime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.ServiceMethod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** How bytes go to and from a Falco. */
final class Transport {

    /** A stream that waits holds no more than HTTP/2's 64 KiB back; the version must still get through beside it. */
    private static final int CONNECTION_WINDOW = 1 << 20;

    private Transport() {}

    /** A client that ends where it is closed: a Falco that is down is dialed for days, and not each of its connections ends. */
    static GrpcClient client(Vertx vertx, SourceOptions options) {
        HttpClientOptions http = http(options);
        GrpcClientOptions grpc = new GrpcClientOptions().setMaxMessageSize(options.maxMessage());
        return new Lifetime(vertx).begin(() -> GrpcClient.client(vertx, grpc, http));
    }

    private static HttpClientOptions http(SourceOptions options) {
        int timeout = (int) options.pace().timeout().toMillis();
        HttpClientOptions http = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout(timeout)
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true);
        SourceOptions.Tls tls = options.tls();
        if (tls != null) {
            // A client does not close a connection in its handshake: only this does.
            http.setSslHandshakeTimeout(timeout)
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setVerifyHost(true)
                    .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(tls.ca())))
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(tls.cert()))
                            .addKeyValue(Buffer.buffer(tls.key().reveal())));
        }
        return http;
    }

    /**
     * Begins a call. The library that Falco is built with refuses one that names no authority, as Vert.x sends it over a
     * unix socket, which has no name: other clients say {@code localhost} there, and {@code host} is taken for it.
     */
    static <Q, A> Future<GrpcClientRequest<Q, A>> call(
            GrpcClient client, SocketAddress address, ServiceMethod<A, Q> method) {
        return client.request(address, method).map(call -> {
            if (address.isDomainSocket()) {
                call.headers().set(HttpHeaders.HOST, "localhost");
            }
            return call;
        });
    }

    /**
     * Reads what the other end has sent before it closed, also when a write tells first that it has: Netty gives up the
     * connection then, and with it what is unread, which Falco has forgotten.
     */
    static void readToTheEnd(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            base.channel().config().setAutoClose(false);
        }
    }

    /** The other end's address without port; empty for a unix socket. */
    static String host(SocketAddress address) {
        return address.isDomainSocket() || address.hostAddress() == null ? "" : address.hostAddress();
    }

    /** The message's bytes; null where they are not compressed as they say, or grow beyond the limit. */
    static byte @Nullable [] plain(GrpcMessage message, int max) {
        byte[] bytes = message.payload().getBytes();
        if (message.encoding().equals("identity")) {
            return bytes;
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] plain = gzip.readNBytes(max + 1);
            return plain.length > max ? null : plain;
        } catch (IOException bad) {
            return null;
        }
    }

    /** One line for people. */
    static String text(Throwable reason) {
        if (reason instanceof TimeoutException) {
            return "no answer in time";
        }
        String message = reason.getMessage();
        return message == null || message.isBlank()
                ? reason.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
