package io.github.falcogateway.testing;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.vertx.core.Vertx;
import io.vertx.core.spi.transport.Transport;
import java.lang.reflect.Proxy;

/** Connections to others over TCP that do not end when they are told to: who waits for that waits for ever. Immutable. */
public final class StuckConnections implements io.vertx.core.transport.Transport {

    private StuckConnections() {}

    /** A Vert.x whose clients have such connections; its own end takes them down. */
    public static Vertx vertx() {
        return Vertx.builder().withTransport(new StuckConnections()).build();
    }

    @Override
    public String name() {
        return NIO.name();
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public Transport implementation() {
        Transport plain = NIO.implementation();
        ChannelFactory<Channel> stuck = Stuck::new;
        return (Transport) Proxy.newProxyInstance(
                Transport.class.getClassLoader(),
                new Class<?>[] {Transport.class},
                (proxy, method, arguments) ->
                        method.getName().equals("channelFactory") ? stuck : method.invoke(plain, arguments));
    }

    private static final class Stuck extends NioSocketChannel {

        @Override
        public ChannelFuture close() {
            return newPromise();
        }

        @Override
        public ChannelFuture close(ChannelPromise promise) {
            return promise;
        }
    }
}
