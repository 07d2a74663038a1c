/** Objects in buckets of Amazon S3 and of servers that speak as it does. */
module org.imagingutility.blobs.s3 {
    requires org.imagingutility.api;
    requires java.net.http;
    requires java.xml;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.blobs.BlobStoreProvider with org.imagingutility.blobs.s3.S3BlobStoreProvider;
}
