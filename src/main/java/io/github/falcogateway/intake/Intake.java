package io.github.falcogateway.intake;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.codec.Decoded;
import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.KeptForm;
import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.RejectReason;
import io.github.falcogateway.event.Rejection;
import io.github.falcogateway.event.Sender;
import io.github.falcogateway.host.HostResolver;
import io.github.falcogateway.journal.Durability;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.NoRoomException;
import io.github.falcogateway.journal.Store;
import io.github.falcogateway.telemetry.IngestMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The one doorway: whatever the transport, an event is decoded, its host named, journaled, and only then answered.
 * Thread-safe.
 */
public final class Intake {

    private final EventDecoder decoder;
    private final Supplier<HostResolver> hosts;
    private final Journal journal;
    private final Quarantine quarantine;
    private final IngestMeters meters;

    /**
     * The doorway to a journal; what the journal takes is announced on the bus from here on.
     *
     * @param hosts the host resolver of now
     * @param store where the quarantine is
     */
    public Intake(
            Vertx vertx,
            EventDecoder decoder,
            Supplier<HostResolver> hosts,
            Journal journal,
            Store store,
            IngestMeters meters) {
        this.decoder = decoder;
        this.hosts = hosts;
        this.journal = journal;
        this.quarantine = new Quarantine(store, meters);
        this.meters = meters;
        Channel<Appended> announcements = new Channel<>(vertx, Addresses.JOURNAL_APPENDED, Appended.class);
        journal.onAppended(events -> announcements.publish(new Appended(events)));
    }

    /**
     * Takes a body of one or more events.
     *
     * @param durableOnly whether the sender would rather keep the events than have them in memory here
     * @return done once the good ones are durable as configured; fails with {@link CannotKeepException} where the
     *     journal cannot take them
     */
    public Future<Acceptance> accept(byte[] body, Sender sender, boolean durableOnly) {
        Decoded decoded = decoder.decode(body, sender.receivedAt());
        meters.received(sender.via(), decoded.size());
        for (Rejection rejection : decoded.rejections()) {
            quarantine.put(rejection, sender);
        }
        if (decoded.events().isEmpty()) {
            return Future.succeededFuture(new Acceptance(0, true, decoded.rejections()));
        }
        List<Draft> drafts = drafts(decoded, sender);
        return journal.append(drafts, durableOnly ? Durability.REQUIRED : Durability.CONFIGURED)
                .map(receipt -> {
                    meters.journaled(drafts.size());
                    return new Acceptance(drafts.size(), receipt.durable(), decoded.rejections());
                })
                .recover(refused -> {
                    drafts.forEach(draft -> meters.rejected(RejectReason.NO_ROOM));
                    return Future.failedFuture(
                            refused instanceof NoRoomException ? new CannotKeepException(refused) : refused);
                });
    }

    /** Puts something into the quarantine that a transport could not even read. */
    public void reject(Rejection rejection, Sender sender) {
        meters.received(sender.via(), 1);
        quarantine.put(rejection, sender);
    }

    private List<Draft> drafts(Decoded decoded, Sender sender) {
        HostResolver resolver = hosts.get();
        List<Draft> drafts = new ArrayList<>(decoded.events().size());
        for (DecodedEvent event : decoded.events()) {
            drafts.add(KeptForm.of(event, resolver.resolve(event.event(), sender)));
        }
        return drafts;
    }
}
