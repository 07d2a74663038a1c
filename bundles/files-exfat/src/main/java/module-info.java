/** Reads files and directories of exFAT without mounting it. */
module org.imagingutility.files.exfat {
    requires org.imagingutility.api;
    requires org.imagingutility.fs.exfat;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.files.FileSystemReader with org.imagingutility.files.exfat.ExfatFileSystemReader;
}
