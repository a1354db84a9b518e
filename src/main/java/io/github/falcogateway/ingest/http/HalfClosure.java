package io.github.falcogateway.ingest.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Lets a client of HTTP/1.1 without TLS end its sending side behind its last request, as {@code nc -N} does, and counts what
 * it has sent whole: without it the connection closes at once, and the requests on their way to an answer get none. Confined
 * to one event loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-9.6">RFC 9112, 9.6: a half-closed connection</a>
 */
final class HalfClosure extends ChannelInboundHandlerAdapter {

    private final Runnable onEnd;
    private int unanswered;
    private boolean ended;

    /**
     * Nothing sent yet.
     *
     * @param onEnd runs when the client has ended its sending side
     */
    HalfClosure(Runnable onEnd) {
        this.onEnd = onEnd;
    }

    /** Watches a connection that has just been opened. */
    void watch(HttpConnection connection) {
        if (connection.isSsl()) {
            // There the end of one side ends both, by Netty's handler of TLS.
            return;
        }
        ChannelHandlerContext own = ((HttpServerConnection) connection).channelHandlerContext();
        own.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        own.pipeline().addBefore(own.name(), "halfClosure", this);
    }

    /** A request was answered. */
    void answered() {
        unanswered--;
    }

    /** Whether the client sends no more and everything that it has sent whole is answered. */
    boolean isOver() {
        return ended && unanswered <= 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (part instanceof LastHttpContent last && last.decoderResult().isSuccess()) {
            unanswered++;
        }
        context.fireChannelRead(part);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ended = true;
            onEnd.run();
        }
        context.fireUserEventTriggered(event);
    }
}
