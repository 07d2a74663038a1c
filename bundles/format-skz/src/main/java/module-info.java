/** The seekable zstd container. */
module org.imagingutility.format.skz {
    requires org.imagingutility.api;
    requires com.fasterxml.jackson.core;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.container.ContainerFormat with org.imagingutility.format.skz.SkzFormat;
}
