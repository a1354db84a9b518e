package io.github.falcogateway.serve.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.github.falcogateway.codec.NullFields;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.wire.outputs.response;
import io.github.falcogateway.wire.schema.priority;
import io.github.falcogateway.wire.schema.source;
import org.jspecify.annotations.Nullable;

/**
 * Events as Falco's gRPC output sends them; the newest are remembered, since each subscriber wants the same. Confined to
 * one event loop.
 */
final class Responses {

    /** How Falco spells a missing value here. */
    private static final String MISSING = "<NA>";

    private static final int REMEMBERED = 512;
    /** What is larger is made anew for each. */
    private static final int LARGE = 16 * 1024;

    private record Made(long id, response event) {}

    private final boolean json;
    private final @Nullable Made[] ring = new Made[REMEMBERED];

    /**
     * A writer of events.
     *
     * @param json whether {@code output} holds the whole event
     */
    Responses(boolean json) {
        this.json = json;
    }

    response of(JournaledEvent event) {
        if (event.json().length > LARGE) {
            return make(event);
        }
        int place = (int) (event.id() % REMEMBERED);
        Made made = ring[place];
        if (made == null || made.id() != event.id()) {
            made = new Made(event.id(), make(event));
            ring[place] = made;
        }
        return made.event();
    }

    private response make(JournaledEvent journaled) {
        FalcoEvent event = journaled.event();
        response.Builder made = response.newBuilder()
                .setTime(Timestamp.newBuilder()
                        .setSeconds(event.time().getEpochSecond())
                        .setNanos(event.time().getNano()))
                .setPriority(priority.forNumber(event.priority().severity()))
                .setRule(event.rule())
                .setHostname(event.host())
                .addAllTags(event.tags())
                .setSource(event.sourceName());
        old(made, event.sourceName());
        if (json) {
            made.setOutputBytes(ByteString.copyFrom(journaled.json()));
        } else {
            made.setOutput(event.line());
        }
        event.fields().forEach((name, value) -> made.putOutputFields(name, value.text()));
        NullFields.of(journaled.json()).forEach(name -> made.putOutputFields(name, MISSING));
        return made.build();
    }

    /** What a client from before Falco 0.31 reads. */
    @SuppressWarnings("deprecation")
    private static void old(response.Builder made, String name) {
        made.setSourceDeprecated(
                switch (name) {
                    case "syscall" -> source.SYSCALL;
                    case "k8s_audit" -> source.K8S_AUDIT;
                    case "internal" -> source.INTERNAL;
                    default -> source.PLUGIN;
                });
    }
}
