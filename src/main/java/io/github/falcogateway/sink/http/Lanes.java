package io.github.falcogateway.sink.http;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.SinkOptions;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several requests at a time, each host's events in their order: a host has its lane. What a lane delivers while another
 * one is stuck is remembered, so that it is not sent again with what is. Confined to one event loop.
 */
final class Lanes {

    private final Exchange exchange;
    private final int lanes;
    private final int batch;
    /** Dealt with beyond the first one that is not, by id: why it was refused, or nothing. */
    private final Map<Long, String> ahead = new HashMap<>();

    /**
     * So many lanes.
     *
     * @param batch the most events in one request
     */
    Lanes(Exchange exchange, int lanes, int batch) {
        this.exchange = exchange;
        this.lanes = lanes;
        this.batch = batch;
    }

    Future<Outcome> deliver(List<Delivery> events) {
        // What is no longer waiting, as after a skip, is not to be remembered.
        ahead.keySet().retainAll(events.stream().map(one -> one.event().id()).collect(Collectors.toSet()));
        List<List<Delivery>> byLane = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            byLane.add(new ArrayList<>());
        }
        for (Delivery delivery : events) {
            if (!ahead.containsKey(delivery.event().id())) {
                String host = delivery.event().event().host();
                byLane.get(Math.floorMod(host.hashCode(), lanes)).add(delivery);
            }
        }
        List<Future<@Nullable Fault>> runs =
                byLane.stream().map(lane -> run(lane, 0)).toList();
        return Future.join(runs).map(done -> outcome(events, runs));
    }

    /** One request after the other; what stopped it, or null. */
    private Future<@Nullable Fault> run(List<Delivery> lane, int from) {
        if (from >= lane.size()) {
            return Future.succeededFuture();
        }
        List<Delivery> sent = SinkOptions.first(lane.subList(from, lane.size()), batch);
        return exchange.send(sent).compose(outcome -> {
            for (int i = 0; i < outcome.done(); i++) {
                ahead.put(sent.get(i).event().id(), outcome.refused().getOrDefault(i, ""));
            }
            return outcome.fault() == null
                    ? run(lane, from + outcome.done())
                    : Future.<@Nullable Fault>succeededFuture(outcome.fault());
        });
    }

    private Outcome outcome(List<Delivery> events, List<Future<@Nullable Fault>> runs) {
        Map<Integer, String> refused = new HashMap<>();
        int done = 0;
        for (Delivery delivery : events) {
            String why = ahead.remove(delivery.event().id());
            if (why == null) {
                break;
            }
            if (!why.isEmpty()) {
                refused.put(done, why);
            }
            done++;
        }
        Fault fault = null;
        for (Future<@Nullable Fault> run : runs) {
            Fault one = run.result();
            if (one != null && (fault == null || one.hold())) {
                fault = one;
            }
        }
        return new Outcome(done, refused, fault);
    }
}
