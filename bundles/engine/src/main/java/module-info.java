/** The pipeline and the jobs. */
module org.imagingutility.engine {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;
    requires static osgi.core;
}
