package io.github.falcogateway.intake;

import io.github.falcogateway.codec.Decoded;
import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.KeptForm;
import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.Grant;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.RejectReason;
import io.github.falcogateway.event.Rejection;
import io.github.falcogateway.event.Sender;
import io.github.falcogateway.host.HostResolver;
import io.github.falcogateway.journal.Durability;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.NoRoomException;
import io.github.falcogateway.journal.Receipt;
import io.github.falcogateway.journal.Store;
import io.github.falcogateway.telemetry.IngestMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one doorway: whatever the transport, an event is decoded, its host named, journaled, and only then answered.
 * Thread-safe.
 */
public final class Intake {

    private static final int SLICE = 1000;

    private final EventDecoder decoder;
    private final Supplier<HostResolver> hosts;
    private final Journal journal;
    private final Quarantine quarantine;
    private final IngestMeters meters;
    private final SourceRates rates;
    private final Once once;

    /**
     * The doorway to a journal; what the journal takes is announced on the bus from here on.
     *
     * @param hosts the host resolver of now
     * @param store where the quarantine is
     * @param options what it holds back
     */
    public Intake(
            Vertx vertx,
            EventDecoder decoder,
            Supplier<HostResolver> hosts,
            Journal journal,
            Store store,
            IngestMeters meters,
            IntakeOptions options) {
        this.decoder = decoder;
        this.hosts = hosts;
        this.journal = journal;
        this.quarantine = new Quarantine(store, meters);
        this.meters = meters;
        this.rates = new SourceRates(options.perSource(), System::nanoTime);
        this.once = new Once(vertx, journal, options.dedupWindow());
        journal.onAppended(new Announcements(vertx)::add);
    }

    /**
     * Takes a body of one or more events.
     *
     * @param durableOnly whether the sender would rather keep the events than have them in memory here
     * @return done once the good ones are durable as configured; fails with {@link CannotKeepException} where the
     *     journal cannot take them, with {@link TooFastException} where the source is over its rate
     */
    public Future<Acceptance> accept(byte[] body, Sender sender, boolean durableOnly) {
        int wait = rates.secondsToWait(sender.origin());
        if (wait > 0) {
            reject(new Rejection(0, RejectReason.RATE_LIMITED, "the source is over limits.per_source", body), sender);
            return Future.failedFuture(new TooFastException(wait));
        }
        Decoded decoded = claims(decoder.decode(body, sender.receivedAt()), sender);
        meters.received(sender.via(), decoded.size());
        rates.count(sender.origin(), Math.max(1, decoded.size()));
        for (Rejection rejection : decoded.rejections()) {
            quarantine.put(rejection, sender);
        }
        if (decoded.events().isEmpty()) {
            return Future.succeededFuture(new Acceptance(0, true, decoded.rejections()));
        }
        Durability durability = durableOnly ? Durability.REQUIRED : Durability.CONFIGURED;
        // Not the events themselves: while they wait for the disk, one form of them in memory is enough.
        int accepted = decoded.events().size();
        List<Rejection> rejections = decoded.rejections();
        return keep(decoded, sender, durability, false).map(durable -> new Acceptance(accepted, durable, rejections));
    }

    /**
     * Takes what a transport has read from a sender that does not have it any more. It is counted once, and kept as
     * often as it takes.
     */
    public Arrival arrive(Decoded read, Sender sender) {
        Decoded decoded = claims(read, sender);
        meters.received(sender.via(), decoded.size());
        decoded.rejections().forEach(rejection -> quarantine.put(rejection, sender));
        return new Arrival(
                decoded.events().size(),
                decoded.rejections().size(),
                // Durable or not at all: what is not taken yet is safer with the sender than in the memory here.
                () -> decoded.events().isEmpty()
                        ? Future.succeededFuture(true)
                        : keep(decoded, sender, Durability.REQUIRED, true));
    }

    /** Counts the events that claim a host their sender may not, and refuses them where that is configured. */
    private Decoded claims(Decoded decoded, Sender sender) {
        Grant grant = sender.grant();
        if (grant == null) {
            return decoded;
        }
        boolean reject = grant.rejectMismatch();
        boolean sendersOwn = mayNot(sender.header(), grant) || mayNot(sender.journal(), grant);
        List<DecodedEvent> allowed = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>(decoded.rejections());
        Set<Integer> taken = new HashSet<>();
        rejections.forEach(rejection -> taken.add(rejection.index()));
        int index = -1;
        for (DecodedEvent event : decoded.events()) {
            do {
                index++;
            } while (taken.contains(index));
            boolean mismatch = sendersOwn || mayNot(event.event().hostname(), grant);
            if (mismatch) {
                meters.mismatch(reject);
            }
            if (mismatch && reject) {
                rejections.add(new Rejection(
                        index, RejectReason.FORBIDDEN_HOST, "the sender may not claim this host", event.bytes()));
            } else {
                allowed.add(event);
            }
        }
        return new Decoded(allowed, rejections);
    }

    private static boolean mayNot(@Nullable String claimed, Grant grant) {
        return claimed != null && !claimed.isEmpty() && !grant.allows(claimed);
    }

    /** Puts something into the quarantine that a transport could not even read. */
    public void reject(Rejection rejection, Sender sender) {
        meters.received(sender.via(), 1);
        quarantine.put(rejection, sender);
    }

    /**
     * Whether the events, those that came before among them, are durable.
     *
     * @param again whether the caller comes again with what is refused, so that it is not lost
     */
    private Future<Boolean> keep(Decoded decoded, Sender sender, Durability durability, boolean again) {
        if (once.concerns(decoded.events())) {
            return once.known().compose(known -> keepOnce(decoded, sender, durability, again));
        }
        HostResolver resolver = hosts.get();
        KeptForm form = new KeptForm();
        List<Draft> drafts = new ArrayList<>(decoded.events().size());
        for (DecodedEvent event : decoded.events()) {
            drafts.add(form.of(event, resolver.resolve(event.event(), sender)));
        }
        return append(drafts, durability, again).map(Receipt::durable);
    }

    private Future<Boolean> keepOnce(Decoded decoded, Sender sender, Durability durability, boolean again) {
        HostResolver resolver = hosts.get();
        KeptForm form = new KeptForm();
        List<Draft> drafts = new ArrayList<>(decoded.events().size());
        Promise<Receipt> mine = Promise.promise();
        List<Future<Receipt>> before = new ArrayList<>();
        List<Runnable> forget = new ArrayList<>();
        for (DecodedEvent event : decoded.events()) {
            Provenance provenance = resolver.resolve(event.event(), sender);
            Future<Receipt> first = once.first(event, provenance.host(), mine.future(), forget);
            if (first == null) {
                drafts.add(form.of(event, provenance));
            } else {
                meters.duplicate();
                before.add(first);
            }
        }
        if (!drafts.isEmpty()) {
            append(drafts, durability, again)
                    .onFailure(failed -> forget.forEach(Runnable::run))
                    .onComplete(mine);
            before.add(mine.future());
        }
        return Future.all(before)
                .map(all -> before.stream().allMatch(receipt -> receipt.result().durable()));
    }

    /** Slice by slice: an event that comes alone need not wait for ten thousand that came together before it. */
    private Future<Receipt> append(List<Draft> drafts, Durability durability, boolean again) {
        int all = drafts.size();
        int size = Math.min(SLICE, all);
        Future<Receipt> first = journal.append(size == all ? drafts : drafts.subList(0, size), durability)
                .onSuccess(receipt -> meters.journaled(size))
                .recover(refused -> {
                    if (!again) {
                        meters.rejected(RejectReason.NO_ROOM, all);
                    }
                    return Future.failedFuture(
                            refused instanceof NoRoomException ? new CannotKeepException(refused) : refused);
                });
        if (size == all) {
            return first;
        }
        List<Draft> rest = drafts.subList(size, all);
        return first.compose(kept -> append(rest, durability, again)
                .map(last -> new Receipt(kept.firstId(), last.lastId(), kept.durable() && last.durable())));
    }
}
