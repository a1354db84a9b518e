package io.github.falcogateway.ingest.grpc;

import io.github.falcogateway.wire.outputs.request;
import io.github.falcogateway.wire.outputs.response;
import io.github.falcogateway.wire.outputs.serviceGrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One {@code sub} stream. Falco reads a request from it, drains its queue, and waits for the next; it is never
 * half-closed, since Falco drops the call then. Falco sends no header before the first event, so that an idle stream
 * cannot be told from one that it never got to: after a long silence another one takes its place. Confined to one
 * event loop.
 */
final class SubDrain implements Drain {

    /** A stream on which nothing came for so many time-outs is replaced. */
    private static final int STALE = 6;

    private final Link link;
    private @Nullable GrpcClientRequest<request, response> call;
    private long begun;
    private long quietSince;
    private boolean finishing;

    SubDrain(Link link) {
        this.link = link;
    }

    @Override
    public void start() {
        begun = System.nanoTime();
        quietSince = 0;
        link.call(
                serviceGrpcClient.sub,
                opened -> {
                    call = opened;
                    poll();
                },
                () -> link.fail("Falco ended the stream"));
    }

    @Override
    public void poll() {
        GrpcClientRequest<request, response> open = call;
        if (finishing || open == null || !link.inflow().isEmpty() || open.writeQueueFull()) {
            return;
        }
        if (stale()) {
            renew(open);
            return;
        }
        quietSince = 0;
        // Where this fails, what has come before is still to be read; the end of that tells.
        open.write(request.getDefaultInstance());
    }

    @Override
    public void finish() {
        finishing = true;
    }

    private boolean stale() {
        Duration silence = link.sinceMessage(begun);
        return silence.compareTo(link.timeout().multipliedBy(STALE)) > 0;
    }

    /** Only when no request is under way any more: an event that Falco took out for a closed stream is lost. */
    private void renew(GrpcClientRequest<request, response> old) {
        long now = System.nanoTime();
        if (quietSince == 0) {
            quietSince = now;
        } else if (now - quietSince > link.timeout().toNanos()) {
            call = null;
            link.abandon(old);
            start();
        }
    }
}
