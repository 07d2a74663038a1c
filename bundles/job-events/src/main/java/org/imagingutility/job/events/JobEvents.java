package org.imagingutility.job.events;

import java.util.HashMap;
import java.util.Map;
import org.imagingutility.api.job.JobListener;
import org.imagingutility.api.job.JobStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/**
 * Posts what jobs tell as events of the container, for whoever has no class of this project. Topics are
 * {@code org/imagingutility/job/STATE}, {@code .../PROGRESS} and {@code .../NOTICE}. Every event has the properties
 * {@code id}, {@code kind}, {@code subject}, {@code state}, {@code reason} (strings) and {@code workers} (an integer); one
 * of a job that told its progress also {@code activity} (a string), {@code done}, {@code total} (bytes) and {@code elapsed}
 * (nanoseconds, all three longs); a notice {@code line} (a string). Used by several threads at once.
 */
@Component(service = JobListener.class)
public final class JobEvents implements JobListener {
    private static final String TOPIC = "org/imagingutility/job/";

    private final EventAdmin events;

    /** Called by Declarative Services. */
    @Activate
    public JobEvents(@Reference EventAdmin events) {
        this.events = events;
    }

    /** Creates one that posts nothing: called by {@link java.util.ServiceLoader}, where no container is. */
    public JobEvents() {
        this(new EventAdmin() {
            @Override
            public void postEvent(Event event) {
                // nobody is there to take it
            }

            @Override
            public void sendEvent(Event event) {
                // nobody is there to take it
            }
        });
    }

    @Override
    public void stateChanged(JobStatus job) {
        post("STATE", properties(job));
    }

    @Override
    public void progressed(JobStatus job) {
        post("PROGRESS", properties(job));
    }

    @Override
    public void noticed(JobStatus job, String line) {
        Map<String, Object> properties = properties(job);
        properties.put("line", line);
        post("NOTICE", properties);
    }

    private void post(String topic, Map<String, Object> properties) {
        events.postEvent(new Event(TOPIC + topic, properties));
    }

    private static Map<String, Object> properties(JobStatus job) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("id", job.id());
        properties.put("kind", job.request().kind());
        properties.put("subject", job.request().subject());
        properties.put("state", job.state().name());
        properties.put("reason", job.reason());
        properties.put("workers", job.workers());
        job.progress().ifPresent(progress -> {
            properties.put("activity", progress.activity());
            properties.put("done", progress.doneBytes());
            properties.put("total", progress.totalBytes());
            properties.put("elapsed", progress.elapsedNanos());
        });
        return properties;
    }
}
