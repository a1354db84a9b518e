package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.testing.SampleEvents;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticesTest {

    @Test
    void tellsTogetherWhatWouldWaitByTheMegabyte() throws Exception {
        Crowd crowd = new Crowd(FloodOptions.defaults(), List.of());
        List<Delivery> events = new ArrayList<>();
        for (int id = 1; id <= 20; id++) {
            JournaledEvent small = SampleEvents.at(id)
                    .priority(id % 2 == 0 ? Priority.CRITICAL : Priority.NOTICE)
                    .build();
            events.add(new Delivery(new JournaledEvent(id, small.event(), new byte[900_000]), ""));
        }
        crowd.take(events);
        assertThat(crowd.outbox().size()).isEqualTo(3);
        assertThat(crowd.outbox().weight()).isEqualTo(3);
        assertThat(crowd.notices.counts()).isNotNull();
        assertThat(crowd.notices.counts().pending()).isEqualTo(20);
        crowd.outbox().next(SinkOptions.batch(10));
        crowd.outbox().done(1);
        assertThat(crowd.outbox().bytes()).isEqualTo(1_800_000);
    }
}
