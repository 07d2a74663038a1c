package org.imagingutility.allocator.fat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.fat.BootSector;
import org.imagingutility.fs.fat.FatReader;
import org.imagingutility.fs.fat.FatType;
import org.imagingutility.fs.fat.FatVolume;
import org.imagingutility.fs.fat.Layout;
import org.imagingutility.fs.fat.Place;
import org.imagingutility.fs.fat.RootDirectory;
import org.osgi.service.component.annotations.Component;

/**
 * Recognises FAT12, FAT16 and FAT32 and reads from the file allocation table which clusters are in use. FAT has no magic
 * number: a device is taken for FAT if the fields of its boot sector are all in range, and a FAT begins with a media byte
 * where they say; if the boot sector has neither jump nor 55 AA, which Linux does not ask for, all FATs must fit it. The text {@code FAT16} in a boot sector means nothing (fatgen103). Safe for use by several threads.
 *
 * <p>FAT32 is told by the 16-bit size of a FAT being 0, as by all drivers known (Windows' fastfat, Linux' vfat), which is
 * the same as by the number of clusters on every volume that keeps to the specification; of the others, small FAT32
 * volumes made by {@code mkfs.fat -F 32} are common. FAT12 and FAT16 are told by the number of clusters alone.
 */
@Component
public final class FatAllocator implements Allocator {

    /** Creates the allocator. */
    public FatAllocator() {
    }

    @Override
    public String name() {
        return "fat";
    }

    @Override
    public List<Signature> signatures(Device device) throws ImagingException {
        return FatSignatures.of(device);
    }

    @Override
    public Optional<Allocation> recognise(Device device) throws ImagingException {
        Optional<FatVolume> volume = FatVolume.recognise(device, new Place(device.info().reference(), 0));
        return volume.isEmpty() ? Optional.empty() : Optional.of(open(device, new AlignedReader(device), volume.get().fats(),
                volume.get().boot(), volume.get().layout()));
    }

    private static Allocation open(Device device, AlignedReader reader, FatReader fats, BootSector boot, Layout layout)
            throws ImagingException {
        checkRoot(reader, fats, layout);
        FileSystemInfo info = new FileSystemInfo(layout.type().name(),
                RootDirectory.label(reader, fats, layout).orElse(""), boot.serial(), layout.clusterSize(),
                layout.clusterCount());
        return new FatAllocation(device, info, layout, findings(fats, boot, layout));
    }

    /** FATs that have the root directory free are not those of this volume, or are damaged. */
    private static void checkRoot(AlignedReader reader, FatReader fats, Layout layout) throws ImagingException {
        long root = layout.rootCluster();
        if (root != 0 && !fats.any(root, layout.type()::inUse)) {
            throw new Place(reader.deviceName(), layout.fatOffsets().get(0)).wrong(layout.type().byteOf(root),
                    "the FAT has cluster " + root + " free, in which the root directory begins");
        }
    }

    private static List<Finding> findings(FatReader fats, BootSector boot, Layout layout) throws ImagingException {
        List<Finding> findings = new ArrayList<>();
        FatType type = layout.type();
        if (boot.dirty() || fats.any(1, entry -> !type.isClean(entry))) {
            findings.add(new Finding(VolumeCondition.DIRTY, "was not unmounted in order (byte "
                    + (boot.dirty() ? boot.stateAt() : stateAt(layout)) + ")"));
        }
        if (fats.any(1, entry -> !type.isFreeOfErrors(entry))) {
            findings.add(new Finding(VolumeCondition.ERRORS, "has a note that its medium had read or write errors (byte "
                    + stateAt(layout) + ")"));
        }
        return findings;
    }

    private static long stateAt(Layout layout) {
        return layout.fatOffsets().get(0) + layout.type().byteOf(1);
    }
}
