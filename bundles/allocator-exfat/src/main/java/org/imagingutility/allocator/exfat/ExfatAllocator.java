package org.imagingutility.allocator.exfat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.exfat.BootRegion;
import org.imagingutility.fs.exfat.BootSector;
import org.imagingutility.fs.exfat.Chain;
import org.imagingutility.fs.exfat.FatReader;
import org.imagingutility.fs.exfat.Place;
import org.imagingutility.fs.exfat.RootDirectory;
import org.imagingutility.fs.exfat.SystemFile;
import org.osgi.service.component.annotations.Component;

/**
 * Recognises exFAT and reads from the allocation bitmap which clusters are in use. A volume whose main boot region is
 * damaged or lost is read by the backup of it, from which fsck.exfat repairs the main one. Safe for use by several threads.
 */
@Component
public final class ExfatAllocator implements Allocator {
    private static final String NAME = "exFAT";
    /** VolumeFlags, section 3.1.13. */
    private static final int ACTIVE_FAT = 1;
    private static final int DIRTY = 2;
    private static final int MEDIA_FAILURE = 4;
    /** The table has a character of two bytes for each of at most 65536 (section 7.2.5). */
    private static final int MAX_UPCASE_TABLE = 2 * 65_536;

    /** Creates the allocator. */
    public ExfatAllocator() {
    }

    @Override
    public String name() {
        return "exfat";
    }

    @Override
    public Optional<Allocation> recognise(Device device) throws ImagingException {
        if (device.length() < BootSector.LENGTH) {
            return Optional.empty();
        }
        AlignedReader reader = new AlignedReader(device);
        ByteBuffer sector = reader.read(0, BootSector.LENGTH);
        if (BootSector.isExfat(sector)) {
            return Optional.of(open(device, reader, BootRegion.read(reader)));
        }
        if (!BootRegion.isLost(sector)) {
            return Optional.empty();
        }
        Optional<BootRegion> backup = BootRegion.ofBackup(reader);
        return backup.isEmpty() ? Optional.empty() : Optional.of(open(device, reader, backup.get()));
    }

    /**
     * Returns what stands in the first sector, whose name libblkid goes by. Where that is lost, a sound backup counts as a
     * copy, since another file system may have been made over the volume.
     */
    @Override
    public List<Signature> signatures(Device device) throws ImagingException {
        if (device.length() < BootSector.LENGTH) {
            return List.of();
        }
        AlignedReader reader = new AlignedReader(device);
        ByteBuffer sector = reader.read(0, BootSector.LENGTH);
        if (BootSector.isExfat(sector)) {
            return List.of(signatureInFirstSector(reader));
        }
        Optional<BootRegion> backup = BootRegion.isLost(sector) ? BootRegion.ofBackup(reader) : Optional.empty();
        return backup.isEmpty() ? List.of()
                : List.of(new Signature(info(backup.get().boot(), ""), Signature.Kind.WEAK, backup.get().offset()));
    }

    private static Signature signatureInFirstSector(AlignedReader reader) throws ImagingException {
        try {
            BootRegion region = BootRegion.read(reader);
            return new Signature(info(region.boot(), ""), Signature.Kind.FILE_SYSTEM, 0);
        } catch (FileSystemException damage) {
            // recognise tells what is wrong
            return Signature.named(NAME, Signature.Kind.FILE_SYSTEM, 0);
        }
    }

    private static FileSystemInfo info(BootSector boot, String label) {
        return new FileSystemInfo(NAME, label, String.format("%04X-%04X", boot.serial() >>> 16, boot.serial() & 0xFFFF),
                boot.clusterSize(), boot.clusterCount());
    }

    private static Allocation open(Device device, AlignedReader reader, BootRegion region) throws ImagingException {
        BootSector boot = region.boot();
        // a backup's flags are stale, but a backup with two FATs is not used
        int active = region.damage().isPresent() ? 0 : activeFat(boot, reader.deviceName());
        FatReader fat = new FatReader(new AlignedReader(device), boot, active);
        Chain root = fat.chain(boot.rootCluster(), RootDirectory.MAX_LENGTH / boot.clusterSize(), "the root directory");
        RootDirectory directory = RootDirectory.read(reader, root);
        if (directory.bitmap(active) == null) {
            throw new Place(reader.deviceName(), root.deviceOffset(0)).wrong(0, "the root directory has no allocation"
                    + " bitmap of number " + active);
        }
        Chain bitmap = bitmap(directory.bitmap(active), fat, boot);
        List<Chain> system = new ArrayList<>(List.of(root, bitmap));
        if (directory.upcaseTable() != null) {
            system.add(directory.upcaseTable().chain(fat, boot, 1, MAX_UPCASE_TABLE));
        }
        ReservedClusters reserved = new ReservedClusters(system);
        long twice = reserved.firstClaimedTwice();
        if (twice >= 0) {
            throw new Place(reader.deviceName(), boot.offsetOf(twice)).wrong(0, "cluster " + twice
                    + " belongs twice to the root directory, the bitmap or the up-case table");
        }
        VolumeState state = state(region);
        return new ExfatAllocation(device, info(boot, directory.label()), warnings(state, directory, reader.deviceName()),
                boot, bitmap, active, reserved, state);
    }

    private static int activeFat(BootSector boot, String device) throws FileSystemException {
        int active = boot.flags() & ACTIVE_FAT;
        if (active >= boot.fatCount()) {
            throw new Place(device, 0).wrong(BootSector.FLAGS_AT, "the second FAT is the active one, but there is one"
                    + " only");
        }
        return active;
    }

    /** The bitmap may have more bytes than needed, which do not count. */
    private static Chain bitmap(SystemFile file, FatReader fat, BootSector boot) throws ImagingException {
        long needed = (boot.clusterCount() - 1) / Byte.SIZE + 1;
        return file.chain(fat, boot, needed, Math.max(2 * needed, boot.clusterSize()));
    }

    private static VolumeState state(BootRegion region) {
        List<Finding> findings = new ArrayList<>();
        if (region.damage().isPresent()) {
            findings.add(new Finding(VolumeCondition.INCONSISTENT, "has a damaged main boot region, its backup is used: "
                    + region.damage().get().getMessage()));
        } else {
            if ((region.boot().flags() & DIRTY) != 0) {
                findings.add(new Finding(VolumeCondition.DIRTY, "was not unmounted in order (byte " + BootSector.FLAGS_AT
                        + ")"));
            }
            if ((region.boot().flags() & MEDIA_FAILURE) != 0) {
                findings.add(new Finding(VolumeCondition.ERRORS, "has a note that its medium had read or write errors (byte "
                        + BootSector.FLAGS_AT + ")"));
            }
        }
        // with two FATs and bitmaps it is not known which of them a transaction that was cut off had changed
        return findings.isEmpty() ? VolumeState.IN_ORDER : new VolumeState(findings,
                region.boot().fatCount() > 1 ? AllocationBasis.ALL_BLOCKS : AllocationBasis.UNION);
    }

    private static List<String> warnings(VolumeState state, RootDirectory directory, String device) {
        List<String> warnings = new ArrayList<>();
        String volume = "the exFAT volume on \"" + device + "\"";
        if (!state.inOrder()) {
            warnings.add(state.notice(volume, "check it after restoring (fsck.exfat, chkdsk)"));
        }
        if (directory.upcaseTable() == null) {
            warnings.add(volume + " has no up-case table: drivers may refuse it");
        }
        return List.copyOf(warnings);
    }
}
