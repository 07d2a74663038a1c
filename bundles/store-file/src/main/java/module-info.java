/** Images in files of local paths and network shares. */
module org.imagingutility.store.file {
    requires org.imagingutility.api;
    requires org.imagingutility.file.io;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.store.ImageStore with org.imagingutility.store.file.FileImageStore;
}
