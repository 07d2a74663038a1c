/** Objects in folders of local paths and network shares. */
module org.imagingutility.blobs.file {
    requires org.imagingutility.api;
    requires org.imagingutility.file.io;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.blobs.BlobStoreProvider with org.imagingutility.blobs.file.FolderBlobStoreProvider;
}
