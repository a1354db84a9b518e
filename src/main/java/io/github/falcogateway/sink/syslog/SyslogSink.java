package io.github.falcogateway.sink.syslog;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.HttpPoster;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Sink;
import io.github.falcogateway.sink.syslog.SyslogOptions.Transport;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends one message an event over one connection. Syslog confirms nothing: a batch counts as delivered when it is written
 * and the connection still stands a moment later. Confined to one event loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6587#section-3.4.1">RFC 6587: octet counting</a>
 */
public final class SyslogSink implements Sink {

    /** A server that is gone answers what it is sent with a reset: within this time on any network that is near. */
    private static final long MOMENT_MS = 50;

    private final Vertx vertx;
    private final SyslogOptions options;
    private final Rfc5424 format;
    private @Nullable NetClient client;
    private @Nullable NetSocket connection;
    private @Nullable DatagramSocket datagrams;

    public SyslogSink(Vertx vertx, SyslogOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.format = new Rfc5424(options);
    }

    @Override
    public Future<Void> open() {
        if (options.transport() == Transport.UDP) {
            datagrams = vertx.createDatagramSocket();
        } else {
            NetClientOptions net = new NetClientOptions()
                    .setConnectTimeout((int) Math.min(options.timeout().toMillis(), Integer.MAX_VALUE))
                    .setTcpKeepAlive(true);
            client = vertx.createNetClient(net);
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Outcome> deliver(List<Delivery> batch) {
        DatagramSocket socket = datagrams;
        Future<Outcome> sent =
                socket != null ? datagram(socket, batch, 0) : connected().compose(to -> write(to, batch));
        return sent.timeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS).otherwise(failure -> {
            hangUp();
            return Outcome.stopped(0, HttpPoster.fault(failure));
        });
    }

    @Override
    public Future<Void> close() {
        NetClient open = client;
        DatagramSocket socket = datagrams;
        client = null;
        datagrams = null;
        connection = null;
        return (open == null ? Future.<Void>succeededFuture() : open.close())
                .eventually(() -> socket == null ? Future.succeededFuture() : socket.close());
    }

    private Future<NetSocket> connected() {
        NetSocket open = connection;
        NetClient from = client;
        if (open != null || from == null) {
            return open != null ? Future.succeededFuture(open) : Future.failedFuture("the sink is not open");
        }
        ConnectOptions to = new ConnectOptions().setHost(options.host()).setPort(options.port());
        if (options.transport() == Transport.TLS) {
            to.setSsl(true).setSslOptions(options.tls().options());
        }
        return from.connect(to).onSuccess(made -> {
            connection = made;
            made.handler(ignored -> {});
            made.exceptionHandler(cut -> forget(made));
            made.closeHandler(closed -> forget(made));
        });
    }

    private Future<Outcome> write(NetSocket to, List<Delivery> batch) {
        Buffer frames = Buffer.buffer(batch.size() * 1024);
        for (Delivery delivery : batch) {
            byte[] message = format.message(delivery.event());
            frames.appendString(message.length + " ", StandardCharsets.US_ASCII.name())
                    .appendBytes(message);
        }
        return to.write(frames)
                .compose(written -> vertx.timer(MOMENT_MS))
                .map(passed -> to == connection
                        ? Outcome.delivered(batch)
                        : Outcome.stopped(0, Fault.passing(FaultReason.UNREACHABLE, "the connection was cut")));
    }

    private Future<Outcome> datagram(DatagramSocket socket, List<Delivery> batch, int at) {
        if (at == batch.size()) {
            return Future.succeededFuture(Outcome.delivered(batch));
        }
        Buffer message = Buffer.buffer(format.message(batch.get(at).event()));
        return socket.send(message, options.port(), options.host()).compose(sent -> datagram(socket, batch, at + 1));
    }

    private void forget(NetSocket closed) {
        if (connection == closed) {
            connection = null;
        }
    }

    private void hangUp() {
        NetSocket open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
