package io.github.falcogateway.live;

import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.telemetry.FeedMeters;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** The live view of one event loop: the page, the streams, the events. Confined to that loop. */
public final class LiveApi {

    private final Feed feed;
    private final EventsApi events;
    private final SummaryApi summary;
    private final HistogramApi histogram;
    private final FieldsApi fields;

    public LiveApi(Vertx vertx, Journal journal, Broadcast broadcast, FeedMeters meters) {
        feed = new Feed(vertx, journal, broadcast, meters);
        events = new EventsApi(journal);
        summary = new SummaryApi(journal.history());
        histogram = new HistogramApi(journal.history());
        fields = new FieldsApi(journal.history());
    }

    /** Puts the view on a router. */
    public void mount(Router router) {
        Page.mount(router);
        OpenApi.mount(router);
        events.mount(router);
        summary.mount(router);
        histogram.mount(router);
        fields.mount(router);
        feed.mount(router);
    }

    /** Begins to listen to the broadcast, on the caller's event loop. */
    public void start() {
        feed.start();
    }

    /** Ends the streams, so that the server need not wait for them. */
    public void stop() {
        feed.stop();
    }
}
