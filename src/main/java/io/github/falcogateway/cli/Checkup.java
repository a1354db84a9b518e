package io.github.falcogateway.cli;

import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.config.SinkConfig;
import io.github.falcogateway.journal.DataFolder;
import io.github.falcogateway.sink.Endpoint;
import io.github.falcogateway.sink.Remote;
import io.github.falcogateway.sink.file.FileOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks at what a gateway of this configuration stands on. Blocking; confined to one thread. */
final class Checkup {

    private static final int CONNECT_MILLIS = 3000;
    private static final int SYNCS = 20;
    private static final double SLOW_SYNC_MILLIS = 20;
    private static final long FREE_BYTES = 1L << 30;
    /** Before this version of the gateway existed: a clock that stands there is wrong. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private final GatewayConfig config;

    Checkup(GatewayConfig config) {
        this.config = config;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        findings.add(port(config.listen().http()));
        if (config.listen().admin() != null) {
            findings.add(port(config.listen().admin()));
        }
        findings.addAll(disk());
        findings.add(clock());
        config.sinks().values().forEach(sink -> findings.addAll(sink(sink)));
        return findings;
    }

    private Finding port(GatewayConfig.Address at) {
        String where = "port " + new Endpoint(at.host(), at.port());
        InetSocketAddress address = new InetSocketAddress(at.host(), at.port());
        try (ServerSocket free = new ServerSocket()) {
            free.bind(address);
            return Finding.well(where + " is free");
        } catch (IOException taken) {
            return answers(reached(address))
                    ? Finding.well(where + " is a running gateway's")
                    : Finding.ill(
                            where + " cannot be had: " + taken.getMessage(),
                            "another program has it, or the address is not this machine's: set listen.http");
        }
    }

    /** One that listens on every address is asked on loopback: Java would look up this machine's name, which may lead elsewhere. */
    private static InetSocketAddress reached(InetSocketAddress listening) {
        return listening.getAddress() != null && listening.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getPort())
                : listening;
    }

    /** Whether a gateway is there; behind TLS whoever listens is taken for one. */
    private boolean answers(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            if (config.listen().tls() != null) {
                return true;
            }
            socket.getOutputStream().write("GET /ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(400), StandardCharsets.US_ASCII).endsWith("pong");
        } catch (IOException nobody) {
            return false;
        }
    }

    private List<Finding> disk() {
        Path folder = config.journal().path();
        Path file = DataFolder.inTheWay(folder);
        if (file != null) {
            return List.of(Finding.ill(
                    "the journal's folder " + folder + " cannot be made: " + file + " is a file",
                    "set journal.path to a folder, or move the file away"));
        }
        try {
            Files.createDirectories(folder);
            double millis = sync(folder.resolve("doctor.probe"));
            FileStore store = Files.getFileStore(folder);
            long free = store.getUsableSpace();
            String speed = "a sync in %s takes %.1f ms".formatted(folder, millis);
            String room = "%s has %,d MiB free".formatted(folder, free >> 20);
            return List.of(
                    millis < SLOW_SYNC_MILLIS
                            ? Finding.well(speed)
                            : Finding.ill(speed, "every answer waits for one: put journal.path on a faster disk"),
                    free > FREE_BYTES
                            ? Finding.well(room)
                            : Finding.ill(room, "make room, or lower journal.keep.size"));
        } catch (IOException failed) {
            return List.of(Finding.ill(
                    "the journal's folder " + folder + " cannot be written: " + failed,
                    "give the gateway's user the folder, or set journal.path"));
        }
    }

    /** The median time of a small write that survives a power cut. */
    private static double sync(Path probe) throws IOException {
        long[] nanos = new long[SYNCS];
        try (FileChannel file = FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                long begin = System.nanoTime();
                file.write(ByteBuffer.allocate(4096));
                file.force(false);
                nanos[i] = System.nanoTime() - begin;
            }
        } finally {
            Files.deleteIfExists(probe);
        }
        Arrays.sort(nanos);
        return nanos[SYNCS / 2] / 1e6;
    }

    private static Finding clock() {
        Instant now = Instant.now();
        return now.isAfter(EARLIEST)
                ? Finding.well("the clock says " + now)
                : Finding.ill("the clock says " + now, "set it: ages, rotation and retention go by it");
    }

    private static List<Finding> sink(SinkConfig sink) {
        String name = "sink " + sink.name();
        if (sink.own() instanceof Remote remote) {
            return remote.endpoints().stream().map(end -> reach(name, end)).toList();
        }
        if (sink.own() instanceof FileOptions file) {
            Path folder = file.path().toAbsolutePath().getParent();
            boolean writable = folder == null || !Files.exists(folder) || Files.isWritable(folder);
            return List.of(
                    writable
                            ? Finding.well(name + " may write " + file.path())
                            : Finding.ill(name + " may not write " + folder, "give the gateway's user the folder"));
        }
        return List.of();
    }

    private static Finding reach(String name, Endpoint end) {
        try {
            InetAddress address = InetAddress.getByName(end.host());
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, end.port()), CONNECT_MILLIS);
            }
            return Finding.well(name + " reaches " + end);
        } catch (UnknownHostException unknown) {
            return Finding.ill(name + ": the name " + end.host() + " is not known", "correct it, or the name service");
        } catch (IOException refused) {
            return Finding.ill(
                    name + " does not reach " + end + ": " + refused.getMessage(),
                    "start what listens there, or open the way; events wait in the journal until then");
        }
    }
}
