package org.imagingutility.allocator.ntfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.allocator.ntfs.clusters.ReservedClusters;
import org.imagingutility.allocator.ntfs.mft.SystemFiles;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.allocator.UnitedClusters;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.Mft;
import org.imagingutility.fs.ntfs.mft.MftTable;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.state.HibernationFile;
import org.imagingutility.fs.ntfs.state.LogFile;
import org.imagingutility.fs.ntfs.state.VolumeFlags;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.BootSector;
import org.imagingutility.fs.ntfs.structure.Place;
import org.imagingutility.fs.ntfs.structure.VolumeFacts;
import org.osgi.service.component.annotations.Component;

/**
 * Recognises NTFS and reads from {@code $Bitmap} which clusters are in use. On a volume that is dirty, hibernated or has a
 * log that was not closed, what the records in use refer to counts as well. BitLocker volumes are not NTFS to this allocator.
 * Safe for use by several threads.
 */
@Component
public final class NtfsAllocator implements Allocator {
    private static final String NAME = "NTFS";
    /** "FILE", with which a record of $MFT begins. */
    private static final int FILE = 0x454C_4946;
    private static final long VOLUME_RECORD = 3;
    private static final long BITMAP_RECORD = 6;

    /** Creates the allocator. */
    public NtfsAllocator() {
    }

    @Override
    public String name() {
        return "ntfs";
    }

    @Override
    public Optional<Allocation> recognise(Device device) throws ImagingException {
        if (device.length() < BootSector.LENGTH) {
            return Optional.empty();
        }
        AlignedReader reader = new AlignedReader(device);
        ByteBuffer sector = reader.read(0, BootSector.LENGTH);
        if (!BootSector.isNtfs(sector)) {
            return Optional.empty();
        }
        BootSector boot = BootSector.parse(sector, device.length(), place(reader));
        return Optional.of(open(device, new Volume(reader, boot, place(reader))));
    }

    /**
     * Returns what the boot sector claims, which counts, as for libblkid, if {@code $MFT} begins where it says. The fields that
     * Windows keeps at zero are not looked at.
     */
    @Override
    public List<Signature> signatures(Device device) throws ImagingException {
        if (device.length() < BootSector.LENGTH) {
            return List.of();
        }
        AlignedReader reader = new AlignedReader(device);
        ByteBuffer sector = reader.read(0, BootSector.LENGTH);
        if (!BootSector.isNtfs(sector)) {
            return List.of();
        }
        try {
            BootSector boot = BootSector.parse(sector, device.length(), place(reader));
            long mft = boot.mftCluster() * boot.clusterSize();
            int magic = reader.read(mft, Integer.BYTES).getInt();
            return List.of(magic == FILE ? new Signature(new FileSystemInfo(NAME, "", String.format("%016X", boot.serial()),
                    boot.clusterSize(), boot.clusterCount()), Signature.Kind.FILE_SYSTEM, BootSector.OEM_ID_AT)
                    : Signature.nearMiss(NAME, mft, String.format("$MFT (byte %d) begins with %08X, not with FILE (%08X)", mft,
                            Integer.reverseBytes(magic), Integer.reverseBytes(FILE))));
        } catch (FileSystemException flaw) {
            return List.of(Signature.nearMiss(NAME, flaw.offset(), flaw.getMessage()));
        }
    }

    /** Returns the place of a volume's first byte. */
    private static Place place(AlignedReader reader) {
        return Place.start(reader.deviceName(), NtfsAllocation.REMEDY);
    }

    private static Allocation open(Device device, Volume volume) throws ImagingException {
        BootSector boot = volume.boot();
        Mft mft = Mft.open(volume);
        Mft.Data bitmap = mft.data(mft.readBase(BITMAP_RECORD), "$Bitmap");
        long needed = (boot.clusterCount() - 1) / Byte.SIZE + 1;
        // bytes that were never written would read as "free": Windows writes the whole bitmap when it formats
        if (bitmap.first().initialisedSize() < needed) {
            throw bitmap.first().place().wrong(Attribute.INITIALISED_SIZE_AT, "$Bitmap has "
                    + bitmap.first().initialisedSize() + " bytes initialised; " + boot.clusterCount()
                    + " clusters need " + needed);
        }
        ReservedClusters reserved = new ReservedClusters(mft.runs(), bitmap.runs());
        long twice = reserved.firstClaimedTwice();
        if (twice >= 0) {
            throw volume.start().wrong(twice * boot.clusterSize(), "cluster " + twice
                    + " belongs twice to the boot sector, $MFT or $Bitmap");
        }
        MftTable table = new MftTable(volume.stream(mft.runs()), boot.recordSize(), mft.recordCount());
        SystemFiles system = SystemFiles.read(volume, table);
        VolumeFacts facts = facts(mft);
        FileSystemInfo info = new FileSystemInfo(facts.fileSystem(), facts.label(),
                String.format("%016X", boot.serial()), boot.clusterSize(), boot.clusterCount());
        VolumeState state = state(mft, volume, table, facts, system);
        return new NtfsAllocation(device, info, boot, table, volume.stream(bitmap.runs()), reserved.with(system.runs()), state,
                isConsistent(facts, state));
    }

    /** Flags of the volume tell of errors, whatever they are; a log that is open, or a Windows that woke up, does not. */
    private static boolean isConsistent(VolumeFacts facts, VolumeState state) {
        return VolumeFlags.findings(facts.flags()).isEmpty() && state.findings().stream().noneMatch(finding ->
                finding.condition() == VolumeCondition.HIBERNATED || finding.condition() == VolumeCondition.INCONSISTENT);
    }

    private static VolumeState state(Mft mft, Volume volume, MftTable table, VolumeFacts facts, SystemFiles system)
            throws ImagingException {
        List<Finding> findings = new ArrayList<>(VolumeFlags.findings(facts.flags()));
        LogFile.finding(mft, volume).ifPresent(findings::add);
        HibernationFile.finding(mft, volume).ifPresent(findings::add);
        system.damage().ifPresent(damage -> findings.add(new Finding(VolumeCondition.INCONSISTENT,
                "has a damaged file of the file system: " + damage)));
        if (findings.isEmpty()) {
            return VolumeState.IN_ORDER;
        }
        // once for each window all records are read: where that is more than all blocks, those are what is cheaper
        long read = UnitedClusters.windowCount(volume.boot().clusterCount()) * volume.bytesOf(table.stream().runs());
        return new VolumeState(findings, read > volume.boot().clusteredLength() ? AllocationBasis.ALL_BLOCKS
                : AllocationBasis.UNION);
    }

    /** What cannot be read is no error: the state of the volume is unknown then, and it counts as not in order. */
    private static VolumeFacts facts(Mft mft) throws ImagingException {
        try {
            return VolumeFacts.of(mft.readBase(VOLUME_RECORD));
        } catch (FileSystemException | DeviceException unreadable) {
            return VolumeFacts.UNKNOWN;
        }
    }
}
