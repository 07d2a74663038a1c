/** What jobs tell, as events of the container. */
module org.imagingutility.job.events {
    requires org.imagingutility.api;
    requires org.osgi.service.event;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.job.JobListener with org.imagingutility.job.events.JobEvents;
}
