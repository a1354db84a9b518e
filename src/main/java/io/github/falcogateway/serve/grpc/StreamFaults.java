package io.github.falcogateway.serve.grpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * Keeps a connection where one of its calls fails. A client that cancels a call fails the status that is still to be
 * written to it; Vert.x 5.0 closes the connection at that, with every subscription on it. Netty has ended the call by
 * then, and nothing is left to do. Confined to the connection's event loop.
 */
final class StreamFaults extends ChannelInboundHandlerAdapter {

    private StreamFaults() {}

    /** For the pipeline of a connection that has just begun. */
    static void contain(ChannelPipeline pipeline) {
        ChannelHandlerContext http = pipeline.context(Http2ConnectionHandler.class);
        if (http != null) {
            pipeline.addBefore(http.name(), null, new StreamFaults());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(Http2CodecUtil.getEmbeddedHttp2Exception(cause) instanceof Http2Exception.StreamException)) {
            context.fireExceptionCaught(cause);
        }
    }
}
