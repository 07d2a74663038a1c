/** Reads the files of an NTFS volume. */
module org.imagingutility.files.ntfs {
    requires org.imagingutility.api;
    requires org.imagingutility.fs.ntfs;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.files.FileSystemReader with org.imagingutility.files.ntfs.NtfsReader;
}
