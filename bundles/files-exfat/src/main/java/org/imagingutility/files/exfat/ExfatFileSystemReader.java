package org.imagingutility.files.exfat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.fs.exfat.BootRegion;
import org.imagingutility.fs.exfat.BootSector;
import org.imagingutility.fs.exfat.Chain;
import org.imagingutility.fs.exfat.FatReader;
import org.imagingutility.fs.exfat.Place;
import org.imagingutility.fs.exfat.RootDirectory;
import org.osgi.service.component.annotations.Component;

/** Reads files of exFAT. A volume whose main boot region is damaged is read by the backup of it. Safe for use by several threads. */
@Component
public final class ExfatFileSystemReader implements FileSystemReader {
    /** VolumeFlags, section 3.1.13. */
    private static final int ACTIVE_FAT = 1;
    private static final int DIRTY = 2;
    private static final int MEDIA_FAILURE = 4;

    /** Creates the reader. */
    public ExfatFileSystemReader() {
    }

    @Override
    public String name() {
        return "exfat";
    }

    @Override
    public Optional<FileTree> open(VolumeDevice volume, ReadingOptions options) throws ImagingException {
        if (volume.length() < BootSector.LENGTH) {
            return Optional.empty();
        }
        AlignedReader reader = new AlignedReader(volume);
        if (!BootSector.isExfat(reader.read(0, BootSector.LENGTH))) {
            return Optional.empty();
        }
        BootRegion region = BootRegion.read(reader);
        BootSector boot = region.boot();
        List<String> warnings = new ArrayList<>();
        int active = 0;
        if (region.damage().isPresent()) {
            warnings.add("its main boot region is damaged, the backup of it is used");
        } else {
            active = boot.flags() & ACTIVE_FAT;
            warn(boot.flags(), DIRTY, "it was not unmounted in order", warnings);
            warn(boot.flags(), MEDIA_FAILURE, "it has a note that its medium had read or write errors", warnings);
        }
        Place begin = new Place(volume.info().reference(), 0, null);
        if (active >= boot.fatCount()) {
            throw begin.wrong(BootSector.FLAGS_AT, "the second FAT is the active one, but there is one only");
        }
        FatReader fat = new FatReader(new AlignedReader(volume), boot, active, begin);
        Chain root = fat.chain(boot.rootCluster(), RootDirectory.MAX_LENGTH / boot.clusterSize(), "the root directory");
        String label = RootDirectory.read(reader, root).label();
        return Optional.of(new ExfatTree(volume, boot, active, label, List.copyOf(warnings)));
    }

    private static void warn(int flags, int flag, String warning, List<String> warnings) {
        if ((flags & flag) != 0) {
            warnings.add(warning);
        }
    }
}
