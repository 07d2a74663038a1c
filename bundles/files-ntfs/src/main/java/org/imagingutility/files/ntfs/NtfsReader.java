package org.imagingutility.files.ntfs;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.BootSector;
import org.imagingutility.fs.ntfs.structure.Place;
import org.osgi.service.component.annotations.Component;

/** Reads the files of NTFS volumes. Safe for use by several threads. */
@Component
public final class NtfsReader implements FileSystemReader {
    private static final String REMEDY = "other files may still be readable; chkdsk may repair a restored copy of the volume";

    /** Creates the reader. */
    public NtfsReader() {
    }

    @Override
    public String name() {
        return "ntfs";
    }

    @Override
    public Optional<FileTree> open(VolumeDevice volume, ReadingOptions options) throws ImagingException {
        if (volume.length() < BootSector.LENGTH) {
            return Optional.empty();
        }
        AlignedReader reader = new AlignedReader(volume);
        ByteBuffer sector = reader.read(0, BootSector.LENGTH);
        if (!BootSector.isNtfs(sector)) {
            return Optional.empty();
        }
        Place start = Place.start(reader.deviceName(), REMEDY);
        BootSector boot = BootSector.parse(sector, volume.length(), start);
        return Optional.of(NtfsTree.open(volume, new Volume(reader, boot, start)));
    }
}
