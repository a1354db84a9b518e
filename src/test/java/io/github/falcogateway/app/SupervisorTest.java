package io.github.falcogateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private EventLoopGroup loop;
    private Path socket;

    @BeforeEach
    void listenAsSystemdDoes(@TempDir Path folder) {
        assumeTrue(Epoll.isAvailable(), "skipped: systemd is on Linux alone");
        socket = folder.resolve("notify");
        loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        new Bootstrap()
                .group(loop)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, DomainDatagramPacket packet) {
                        heard.add(packet.content().toString(StandardCharsets.US_ASCII));
                    }
                })
                .bind(new DomainSocketAddress(socket.toString()))
                .syncUninterruptibly();
    }

    @AfterEach
    void stopListening() {
        if (loop != null) {
            loop.shutdownGracefully();
        }
    }

    @Test
    void tellsReadyAliveAndStopping() {
        try (Supervisor supervisor =
                Supervisor.of(Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "20000"))) {
            supervisor.ready(() -> true);
            await().until(() -> heard.contains("WATCHDOG=1"));
            supervisor.stopping();
            await().until(() -> heard.contains("STOPPING=1"));
        }
        assertThat(heard).startsWith("READY=1");
    }

    @Test
    void saysNothingMoreOnceItHangs() {
        AtomicBoolean alive = new AtomicBoolean(true);
        AtomicInteger well = new AtomicInteger();
        AtomicInteger hanging = new AtomicInteger();
        try (Supervisor supervisor =
                Supervisor.of(Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "20000"))) {
            supervisor.ready(() -> (alive.get() ? well : hanging).incrementAndGet() > 0 && alive.get());
            await().until(() -> heard.stream().filter("WATCHDOG=1"::equals).count() >= 2);
            alive.set(false);
            await().until(() -> hanging.get() >= 3);
            supervisor.stopping();
            await().until(() -> heard.contains("STOPPING=1"));
            assertThat(heard.stream().filter("WATCHDOG=1"::equals).count()).isLessThanOrEqualTo(well.get());
        }
    }

    @Test
    void isSilentWithoutSystemd() {
        try (Supervisor supervisor = Supervisor.of(Map.of())) {
            supervisor.ready(() -> true);
            supervisor.stopping();
        }
        assertThat(heard).isEmpty();
    }
}
