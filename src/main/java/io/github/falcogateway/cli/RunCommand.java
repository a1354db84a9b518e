package io.github.falcogateway.cli;

import io.github.falcogateway.app.Gateway;
import io.github.falcogateway.app.ListeningSockets;
import io.github.falcogateway.app.Supervisor;
import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.journal.JournalLockedException;
import io.github.falcogateway.journal.NewerSchemaException;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import sun.misc.Signal;

/** Runs the gateway until it is told to stop. Confined to the main thread. */
@CommandLine.Command(name = "run", mixinStandardHelpOptions = true, description = "Runs the gateway.")
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final long BEYOND_GRACE_SECONDS = 20;
    /** A loop or a writer that has not come round for so long is not coming back. */
    private static final Duration STALLED = Duration.ofSeconds(20);

    @CommandLine.Mixin
    private final ConfigOption option;

    RunCommand() {
        this(new ConfigOption());
    }

    RunCommand(ConfigOption option) {
        this.option = option;
    }

    @Override
    public Integer call() throws InterruptedException {
        String log = System.getenv().getOrDefault("FALCO_GATEWAY_LOG", "text");
        if (!log.equals("text") && !log.equals("json")) {
            System.err.println("FALCO_GATEWAY_LOG must be text or json");
            return 2;
        }
        GatewayConfig config = option.loadOrTell();
        return config == null ? 2 : run(config);
    }

    private int run(GatewayConfig config) throws InterruptedException {
        // Before anything is started: a signal that comes early must not be lost.
        CountDownLatch stop = new CountDownLatch(1);
        Signal.handle(new Signal("TERM"), signal -> stop(stop));
        Signal.handle(new Signal("INT"), signal -> stop(stop));
        Telemetry telemetry = new Telemetry(Version.text());
        telemetry.bindJvm();
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setMetricsOptions(metrics())
                        .setDisableTCCL(true)
                        .setEventLoopPoolSize(eventLoops()))
                .withMetrics(new MicrometerMetricsFactory(telemetry.registry()))
                .withTransport(ListeningSockets.inherited())
                .build();
        try (Supervisor systemd = Supervisor.of(System.getenv())) {
            Gateway gateway = start(vertx, config, telemetry);
            if (gateway == null) {
                return 1;
            }
            systemd.ready(() -> gateway.isAlive(STALLED));
            stop.await();
            LOG.info("stopping");
            systemd.stopping();
            return stop(gateway, config);
        }
    }

    /** One for each processor: more of them wake each other up for every commit of the journal. */
    private static int eventLoops() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    /** The first signal stops in good order; a second one at once, for whoever will not wait: what was answered is kept. */
    private static void stop(CountDownLatch stop) {
        if (stop.getCount() == 0) {
            LOG.warn("stopping at once");
            Runtime.getRuntime().halt(1);
        }
        stop.countDown();
    }

    /** The gateway that takes events; null where it cannot, which has been said. */
    private @Nullable Gateway start(Vertx vertx, GatewayConfig config, Telemetry telemetry)
            throws InterruptedException {
        try {
            Gateway gateway = new Gateway(vertx, config, option::load, telemetry);
            Signal.handle(new Signal("HUP"), signal -> gateway.reload());
            int port = gateway.start().toCompletionStage().toCompletableFuture().get();
            if (config.listen().admin() != null) {
                LOG.info("the view, metrics and reload are on port {} alone", gateway.adminPort());
            }
            GatewayConfig.Address http = config.listen().http();
            LOG.info(
                    "ready, taking events on {}://{}:{}",
                    config.listen().tls() == null ? "http" : "https",
                    http.host().indexOf(':') < 0 ? http.host() : "[" + http.host() + "]",
                    port);
            return gateway;
        } catch (IOException | JournalLockedException | NewerSchemaException | ExecutionException failed) {
            Throwable cause =
                    failed instanceof ExecutionException && failed.getCause() != null ? failed.getCause() : failed;
            System.err.println("falco-gateway cannot start: " + cause.getMessage());
            return null;
        }
    }

    /** The HTTP server's meters alone, and no label that a sender chooses. */
    private static MicrometerMetricsOptions metrics() {
        MicrometerMetricsOptions options =
                new MicrometerMetricsOptions().setEnabled(true).setLabels(EnumSet.noneOf(Label.class));
        for (MetricsDomain domain : MetricsDomain.values()) {
            if (domain != MetricsDomain.HTTP_SERVER) {
                options.addDisabledMetricsCategory(domain);
            }
        }
        return options;
    }

    private static int stop(Gateway gateway, GatewayConfig config) throws InterruptedException {
        try {
            long seconds = config.shutdownGrace().toSeconds() + BEYOND_GRACE_SECONDS;
            gateway.stop().toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
            LOG.info("stopped");
            return 0;
        } catch (ExecutionException | TimeoutException failed) {
            LOG.error("the stop did not come to its end: {}", failed.toString());
            return 1;
        }
    }
}
