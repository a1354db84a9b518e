package io.github.falcogateway.serve.grpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Over a unix socket the gRPC library of C++ and Python names the socket's path as the authority, percent-encoded:
 * {@code run%2Ffalco-gateway%2Fgrpc.sock}. Vert.x 5.0 resets each call with a {@code %} in there, and there is one
 * server behind a socket whatever it is called: calls of such a connection get a name that can be read. Confined to
 * the connection's event loop.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/naming.md">gRPC name resolution</a>
 */
final class SocketAuthority extends Http2FrameListenerDecorator {

    private static final String NAME = "localhost";

    private SocketAuthority(Http2FrameListener listener) {
        super(listener);
    }

    /** Names each call in the pipeline of a connection that has just begun: its settings are read, its first call is not. */
    static void give(ChannelPipeline pipeline) {
        Http2ConnectionHandler handler = pipeline.get(Http2ConnectionHandler.class);
        if (handler != null) {
            Http2ConnectionDecoder decoder = handler.decoder();
            decoder.frameListener(new SocketAuthority(decoder.frameListener()));
        }
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end)
            throws Http2Exception {
        super.onHeadersRead(context, stream, named(headers), padding, end);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end)
            throws Http2Exception {
        super.onHeadersRead(context, stream, named(headers), dependency, weight, exclusive, padding, end);
    }

    private static Http2Headers named(Http2Headers headers) {
        return headers.authority() == null ? headers : headers.authority(NAME);
    }
}
