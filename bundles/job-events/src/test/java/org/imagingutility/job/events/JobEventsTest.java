package org.imagingutility.job.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.Progress;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class JobEventsTest {
    private static final JobStatus WAITING = new JobStatus("7", ImageRequest.of("/dev/sda1", "a.skzimg"), JobState.WAITING,
            "codec zstd", Optional.of(new Progress("Imaging", "/dev/sda1", 10, 100, 5)), 3, Instant.EPOCH, Optional.empty());

    private final List<Event> posted = new ArrayList<>();
    private final JobEvents events = new JobEvents(new EventAdmin() {
        @Override
        public void postEvent(Event event) {
            posted.add(event);
        }

        @Override
        public void sendEvent(Event event) {
            throw new AssertionError("an event that is sent waits for those who take it");
        }
    });

    @Test
    void aStateIsAnEventWithAllThatIsKnownOfTheJob() {
        events.stateChanged(WAITING);
        assertThat(posted).singleElement().satisfies(event -> {
            assertThat(event.getTopic()).isEqualTo("org/imagingutility/job/STATE");
            assertThat(properties(event)).isEqualTo(Map.ofEntries(Map.entry("id", "7"), Map.entry("kind", "image"),
                    Map.entry("subject", "/dev/sda1"), Map.entry("state", "WAITING"), Map.entry("reason", "codec zstd"),
                    Map.entry("workers", 3), Map.entry("activity", "Imaging"), Map.entry("done", 10L),
                    Map.entry("total", 100L), Map.entry("elapsed", 5L)));
        });
    }

    @Test
    void aJobWithoutProgressHasNoneInItsEvents() {
        events.progressed(new JobStatus("1", WAITING.request(), JobState.RUNNING, "", Optional.empty(), 1, Instant.EPOCH,
                Optional.empty()));
        assertThat(posted).singleElement().satisfies(event -> {
            assertThat(event.getTopic()).isEqualTo("org/imagingutility/job/PROGRESS");
            assertThat(event.getPropertyNames()).contains("id", "state").doesNotContain("done", "total", "activity");
        });
    }

    @Test
    void aNoticeIsAnEventWithItsLine() {
        events.noticed(WAITING, "a line");
        assertThat(posted).singleElement().satisfies(event -> {
            assertThat(event.getTopic()).isEqualTo("org/imagingutility/job/NOTICE");
            assertThat(event.getProperty("line")).isEqualTo("a line");
        });
    }

    @Test
    void withoutAContainerNothingIsPosted() {
        new JobEvents().stateChanged(WAITING);
        assertThat(posted).isEmpty();
    }

    private static Map<String, Object> properties(Event event) {
        Map<String, Object> properties = new HashMap<>();
        Arrays.stream(event.getPropertyNames()).filter(name -> !name.equals("event.topics"))
                .forEach(name -> properties.put(name, event.getProperty(name)));
        return properties;
    }
}
