package io.github.falcogateway.ingest.grpc;

import io.github.falcogateway.wire.outputs.request;
import io.github.falcogateway.wire.outputs.serviceGrpcClient;

/** One {@code get} call after the other; each ends when Falco's queue is empty. Confined to one event loop. */
final class GetDrain implements Drain {

    private final Link link;
    private boolean calling;
    private boolean finishing;

    GetDrain(Link link) {
        this.link = link;
    }

    @Override
    public void start() {
        poll();
    }

    @Override
    public void poll() {
        if (calling || finishing || !link.inflow().isEmpty()) {
            return;
        }
        calling = true;
        link.expectAnswer(true);
        link.call(
                serviceGrpcClient.get,
                call -> call.end(request.getDefaultInstance()).onFailure(link::fail),
                () -> {
                    calling = false;
                    link.expectAnswer(false);
                });
    }

    @Override
    public void finish() {
        finishing = true;
    }
}
