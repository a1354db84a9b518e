package io.github.falcogateway.app;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the gateway is ready, alive and stopping, where systemd asks to be told. Thread-safe.
 *
 * @see <a href="https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html">sd_notify(3)</a>
 */
public final class Supervisor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final @Nullable EventLoopGroup loop;
    private final @Nullable Channel channel;
    private final long watchdogMicros;

    private Supervisor(@Nullable EventLoopGroup loop, @Nullable Channel channel, long watchdogMicros) {
        this.loop = loop;
        this.channel = channel;
        this.watchdogMicros = watchdogMicros;
    }

    /** The supervisor that the environment names; one that nobody hears where it names none. */
    public static Supervisor of(Map<String, String> environment) {
        String socket = environment.get("NOTIFY_SOCKET");
        if (socket == null || socket.isEmpty()) {
            return new Supervisor(null, null, 0);
        }
        if (!Epoll.isAvailable()) {
            LOG.warn("systemd cannot be told how the gateway is: {}", String.valueOf(Epoll.unavailabilityCause()));
            return new Supervisor(null, null, 0);
        }
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        // An @ stands for the zero byte of an abstract socket.
        String path = socket.startsWith("@") ? "\0" + socket.substring(1) : socket;
        var connected = new Bootstrap()
                .group(loop)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new DomainSocketAddress(path))
                .awaitUninterruptibly();
        if (!connected.isSuccess()) {
            LOG.warn("systemd cannot be told how the gateway is: {}", String.valueOf(connected.cause()));
        }
        Channel channel = connected.isSuccess() ? connected.channel() : null;
        return new Supervisor(loop, channel, micros(environment.get("WATCHDOG_USEC")));
    }

    /**
     * It takes events. From here on it is alive as long as {@code alive} says so, asked twice in each of systemd's
     * watchdog periods.
     */
    public void ready(BooleanSupplier alive) {
        tell("READY=1");
        if (loop != null && watchdogMicros > 0) {
            loop.scheduleAtFixedRate(
                    () -> {
                        if (alive.getAsBoolean()) {
                            tell("WATCHDOG=1");
                        }
                    },
                    0,
                    watchdogMicros / 2,
                    TimeUnit.MICROSECONDS);
        }
    }

    /** It takes no more and ends soon. */
    public void stopping() {
        tell("STOPPING=1");
    }

    @Override
    public void close() {
        if (loop != null) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private void tell(String state) {
        if (channel != null) {
            channel.writeAndFlush(Unpooled.copiedBuffer(state, StandardCharsets.US_ASCII));
        }
    }

    private static long micros(@Nullable String text) {
        return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
