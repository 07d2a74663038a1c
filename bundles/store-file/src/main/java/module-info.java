/** Images in files of local paths and network shares. */
module org.imagingutility.store.file {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;
}
