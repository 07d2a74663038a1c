/** Reads files, directories and links of ext2, ext3 and ext4 without mounting them. */
module org.imagingutility.files.ext {
    requires org.imagingutility.api;
    requires org.imagingutility.fs.ext;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.files.FileSystemReader with org.imagingutility.files.ext.ExtReader;
}
