/** Reads files and directories of FAT12, FAT16 and FAT32 without mounting them. */
module org.imagingutility.files.fat {
    requires org.imagingutility.api;
    requires org.imagingutility.fs.fat;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.files.FileSystemReader with org.imagingutility.files.fat.FatFileSystemReader;
}
