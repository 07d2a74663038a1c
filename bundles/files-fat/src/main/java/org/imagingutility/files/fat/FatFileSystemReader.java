package org.imagingutility.files.fat;

import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.fs.fat.FatVolume;
import org.imagingutility.fs.fat.Place;
import org.osgi.service.component.annotations.Component;

/** Reads files of FAT12, FAT16 and FAT32. Safe for use by several threads. */
@Component
public final class FatFileSystemReader implements FileSystemReader {

    /** Creates the reader. */
    public FatFileSystemReader() {
    }

    @Override
    public String name() {
        return "fat";
    }

    @Override
    public Optional<FileTree> open(VolumeDevice volume, ReadingOptions options) throws ImagingException {
        Optional<FatVolume> fat = FatVolume.recognise(volume, new Place(volume.info().reference(), 0, null));
        return fat.isEmpty() ? Optional.empty() : Optional.of(new FatTree(volume, fat.get(), options.codePage()));
    }
}
