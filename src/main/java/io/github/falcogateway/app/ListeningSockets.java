package io.github.falcogateway.app;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.transport.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening sockets: from the bind on connections wait in them, and none is taken before {@link #open}. One may be kept
 * by the supervisor, which hands it to each process on its standard input, so that they wait over a restart too instead of
 * being refused. The first server that listens uses it, any other a socket of its own. Thread-safe.
 *
 * @see <a href="https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#StandardInput=">systemd.exec:
 *     StandardInput=socket</a>
 */
public final class ListeningSockets implements io.vertx.core.transport.Transport {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningSockets.class);

    private final AtomicReference<@Nullable ServerSocketChannel> handed;
    private final Transport plain = NIO.implementation();

    private ListeningSockets(@Nullable ServerSocketChannel socket) {
        this.handed = new AtomicReference<>(socket);
    }

    /** The transport with the socket that was handed to this process, where one was. */
    public static io.vertx.core.transport.Transport inherited() {
        try {
            return new ListeningSockets(
                    System.inheritedChannel() instanceof ServerSocketChannel socket ? socket : null);
        } catch (IOException unusable) {
            // Else all that is said is that the address is in use: by the socket that was handed over.
            LOG.error("the socket that was handed to this process cannot be used: {}", unusable.toString());
            return new ListeningSockets(null);
        }
    }

    /**
     * Takes connections, those that have waited first. Not before everything stands: Vert.x makes a server's meters after it
     * has bound its socket, and never answers a connection that comes in between.
     */
    static void open(Vertx vertx) {
        if (((VertxInternal) vertx).transport() instanceof Handing handing) {
            for (ServerChannel waiting = handing.shut.poll(); waiting != null; waiting = handing.shut.poll()) {
                waiting.config().setAutoRead(true);
            }
        }
    }

    /** Takes no more connections from it, where there is one: they wait for the next process. */
    static void rest(Vertx vertx) {
        if (((VertxInternal) vertx).transport() instanceof Handing handing) {
            Listening listening = handing.listening;
            if (listening != null) {
                listening.config().setAutoRead(false);
            }
        }
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
    public @Nullable Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public Transport implementation() {
        return new Handing();
    }

    /** Plain NIO, but for the sockets. */
    private final class Handing implements Transport {

        private final Queue<ServerChannel> shut = new ConcurrentLinkedQueue<>();
        private volatile @Nullable Listening listening;

        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            ServerSocketChannel socket = domainSocket ? null : handed.getAndSet(null);
            ChannelFactory<? extends ServerChannel> factory =
                    socket == null ? plain.serverChannelFactory(domainSocket) : () -> listen(socket);
            return () -> {
                ServerChannel channel = factory.newChannel();
                channel.config().setAutoRead(false);
                shut.add(channel);
                return channel;
            };
        }

        private ServerChannel listen(ServerSocketChannel socket) {
            Listening made = new Listening(socket);
            listening = made;
            return made;
        }

        @Override
        public boolean supportsDomainSockets() {
            return plain.supportsDomainSockets();
        }

        @Override
        public java.net.SocketAddress convert(SocketAddress address) {
            return plain.convert(address);
        }

        @Override
        public SocketAddress convert(java.net.SocketAddress address) {
            return plain.convert(address);
        }

        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return plain.ioHandlerFactory();
        }

        @Override
        public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
            return plain.eventLoopGroup(type, threads, factory, ioRatio);
        }

        @Override
        public DatagramChannel datagramChannel() {
            return plain.datagramChannel();
        }

        @Override
        public DatagramChannel datagramChannel(InternetProtocolFamily family) {
            return plain.datagramChannel(family);
        }

        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            return plain.channelFactory(domainSocket);
        }
    }

    /** Whether a socket is what was asked for: one that more can reach than people were told is not. */
    static boolean serves(InetSocketAddress socket, InetSocketAddress wanted) {
        InetAddress own = socket.getAddress();
        boolean all = own.isAnyLocalAddress() && wanted.getAddress().isAnyLocalAddress();
        return (wanted.getPort() == 0 || wanted.getPort() == socket.getPort())
                && (all || own.equals(wanted.getAddress()));
    }

    /** The socket: it listens already, and goes on listening when this process stops taking connections from it. */
    private static final class Listening extends NioServerSocketChannel {

        private volatile boolean left;

        Listening(ServerSocketChannel socket) {
            super(socket);
        }

        @Override
        public boolean isOpen() {
            return !left && super.isOpen();
        }

        @Override
        protected void doBind(java.net.SocketAddress wanted) throws Exception {
            if (wanted instanceof InetSocketAddress address && !serves(localAddress(), address)) {
                throw new BindException("the socket that was handed over is " + localAddress() + ", listen.http says "
                        + wanted + ": make them the same (falco-gateway.socket has the address as ListenStream)");
            }
        }

        @Override
        protected void doClose() {
            // What waits in it is for the next process; ours ends in a moment.
            left = true;
        }
    }
}
