/** Objects in folders of servers that are reached by SFTP. */
module org.imagingutility.blobs.sftp {
    requires org.imagingutility.api;
    requires org.apache.sshd.osgi;
    requires org.apache.sshd.sftp;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.blobs.BlobStoreProvider with org.imagingutility.blobs.sftp.SftpBlobStoreProvider;
}
